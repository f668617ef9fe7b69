//! Roles on clean articles to which the noise of real pages is added.
//!
//! The articles are the shared data if it is there (`TOMTAT_SHARED`), and
//! always the pages written for this project. The noise is made by a generator
//! with a fixed seed; precision and recall per role are printed.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests print their scores and may panic"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use tomtat::page::{PageOptions, Role, parse};

use crate::common::shared;

struct Article {
    title: String,
    sapo: String,
    body: Vec<String>,
}

/// Steele, Lea and Flood (2014), "Fast splittable pseudorandom number
/// generators": splitmix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

const NAMES: &[&str] = &[
    "Thu Hà",
    "Minh An",
    "Nguyễn Quốc Bảo",
    "LAN CHI",
    "Hoàng Phúc",
    "Trần Mai",
    "N.Hương",
    "Bảo Châu",
];
const AGENCIES: &[&str] =
    &["Reuters", "AFP", "TTXVN", "Getty Images", "Sông Hàn", "NVCC", "Internet", "AP"];
const SCENES: &[&str] = &[
    "Người dân theo dõi sự việc từ sáng sớm",
    "Lực lượng chức năng có mặt tại hiện trường",
    "Quang cảnh buổi làm việc sáng nay",
    "Toàn cảnh khu vực nhìn từ trên cao",
    "Đại diện hai bên tại buổi gặp gỡ",
    "Một góc thành phố vào giờ cao điểm",
    "Khách tham quan các gian hàng trong ngày khai mạc",
];

fn date(random: &mut Random) -> String {
    let (day, month) = (1 + random.below(28), 1 + random.below(12));
    let (hour, minute) = (random.below(24), random.below(60));
    match random.below(7) {
        0 => format!("{hour:02}:{minute:02} | {day:02}/{month:02}/2025"),
        1 => format!("Thứ tư, {day}/{month}/2025, {hour:02}:{minute:02} (GMT+7)"),
        2 => format!("{day:02}-{month:02}-2025 {hour:02}:{minute:02}"),
        3 => format!("Ngày {day} tháng {month} năm 2025"),
        4 => format!("Cập nhật lúc {hour}h{minute:02} ngày {day}.{month}.2025"),
        5 => format!("Chủ Nhật, {day:02}/{month:02}/2025 {hour:02}:{minute:02}"),
        _ => format!("{day:02}/{month:02}/2025"),
    }
}

fn caption(random: &mut Random) -> String {
    let scene = random.pick(SCENES);
    let by = if random.chance(50) { random.pick(AGENCIES) } else { random.pick(NAMES) };
    match random.below(7) {
        0 => format!("{scene}. Ảnh: {by}"),
        1 => format!("{scene}. (Ảnh: {by})"),
        2 => format!("{scene} - Ảnh: {by}"),
        3 => format!("{scene}. Ảnh: {by}."),
        4 => format!("{scene}. (Nguồn: {by})"),
        5 => format!("{scene} (Ảnh minh họa)"),
        _ => format!("{scene}. Nguồn ảnh: {by}"),
    }
}

type Rows = Vec<(Role, String)>;

fn noisy(article: &Article, others: &[&Article], random: &mut Random) -> Rows {
    let mut rows = Rows::new();
    if random.chance(40) {
        for line in ["Trang chủ", "Thời sự"].iter().take(1 + random.below(2)) {
            rows.push((Role::Boilerplate, (*line).into()));
        }
    }
    let date_first = random.chance(20);
    if date_first {
        rows.push((Role::Dateline, date(random)));
    }
    rows.push((Role::Title, article.title.clone()));
    if !date_first && random.chance(80) {
        rows.push((Role::Dateline, date(random)));
    }
    if random.chance(25) {
        rows.push((Role::Byline, random.pick(NAMES).into()));
    }
    if random.chance(30) {
        rows.push((
            Role::Boilerplate,
            random
                .pick(&[
                    "Chia sẻ",
                    "Chia sẻ Facebook Zalo",
                    "Theo dõi trên Google News",
                    "Nghe đọc bài",
                ])
                .into(),
        ));
    }
    let tag = random.pick(&["", "", "", "(Sông Hàn) - ", "SHO - ", "Hà Nội (TTXVN) - "]);
    if !article.sapo.is_empty() {
        rows.push((Role::Sapo, format!("{tag}{}", article.sapo)));
    }
    if random.chance(40) {
        if random.chance(40) {
            rows.push((Role::Caption, article.title.clone()));
        }
        let text = caption(random);
        rows.push((Role::Caption, text.clone()));
        if random.chance(25) {
            rows.push((Role::Caption, text));
        }
    }
    let quote_from = (article.body.len() >= 5 && random.chance(30))
        .then(|| 2 + random.below(article.body.len() - 3));
    for (place, paragraph) in article.body.iter().enumerate() {
        rows.push((Role::Body, paragraph.clone()));
        if place + 1 == article.body.len() {
            break;
        }
        if random.chance(15) {
            rows.push((Role::Caption, caption(random)));
        }
        if random.chance(6) {
            let other = others[random.below(others.len())];
            let lead = random.pick(&["Xem thêm: ", ">> ", "Đọc thêm: "]);
            rows.push((Role::Related, format!("{lead}{}", other.title)));
        }
        if quote_from == Some(place + 1) {
            let source = &article.body[place + 1];
            let sentence = source
                .split(". ")
                .find(|s| (12..60).contains(&s.split(' ').count()) && !s.contains(['"', '”']));
            if let Some(sentence) = sentence {
                rows.push((Role::PullQuote, format!("{}.", sentence.trim_end_matches('.'))));
                if random.chance(50) {
                    rows.push((Role::PullQuote, format!("Ông {}", random.pick(NAMES))));
                }
            }
        }
    }
    let signed = random.chance(75);
    if signed {
        let name = random.pick(NAMES);
        rows.push((
            Role::Byline,
            match random.below(4) {
                0 => format!("{name} (tổng hợp)"),
                1 => format!("Theo {}", random.pick(&["Reuters", "AFP, BBC", "TTXVN/Vietnam+"])),
                _ => name.into(),
            },
        ));
        if rows.last().unwrap().1.starts_with("Theo") {
            rows.last_mut().unwrap().0 = Role::Source;
        }
    }
    if random.chance(40) {
        rows.push((Role::Boilerplate, "Từ khóa: thời sự, xã hội, đời sống".into()));
    }
    if random.chance(30) {
        rows.push((
            Role::Boilerplate,
            random.pick(&["Chia sẻ", "Bình luận (0)", "In bài viết"]).into(),
        ));
    }
    let count = 3 + random.below(8);
    let mut teasers: Vec<&Article> =
        (0..count).map(|_| others[random.below(others.len())]).collect();
    teasers.retain(|other| !other.sapo.is_empty());
    let headings = [
        "Tin liên quan",
        "Có thể bạn quan tâm",
        "Đọc nhiều",
        "Tin cùng chuyên mục",
        "XEM THÊM",
        "Bài viết khác",
        "Tin mới nhất",
    ];
    match random.below(6) {
        0 => {}
        1 => {
            rows.push((Role::Related, random.pick(&headings).into()));
            rows.extend(teasers.iter().map(|other| (Role::Related, other.title.clone())));
        }
        2 => {
            rows.push((Role::Related, random.pick(&headings).into()));
            for other in &teasers {
                if random.chance(30) {
                    rows.push((Role::Related, caption(random)));
                }
                rows.push((Role::Related, other.title.clone()));
                rows.push((Role::Related, other.sapo.clone()));
            }
        }
        3 => {
            for other in &teasers {
                rows.push((Role::Related, format!("{0} {0}", other.title)));
                rows.push((Role::Related, other.sapo.clone()));
            }
        }
        4 => {
            for other in &teasers {
                rows.push((Role::Related, other.title.clone()));
                rows.push((Role::Related, other.title.clone()));
                rows.push((Role::Related, other.sapo.clone()));
            }
        }
        _ if signed => {
            for other in &teasers {
                if random.chance(50) {
                    rows.push((Role::Related, other.title.clone()));
                }
                let cut = other.sapo.len() > 150 && random.chance(30);
                let sapo = if cut {
                    let words: Vec<&str> = other.sapo.split(' ').take(25).collect();
                    format!("{}...", words.join(" "))
                } else {
                    other.sapo.clone()
                };
                rows.push((Role::Related, sapo));
            }
        }
        _ => {}
    }
    if random.chance(60) {
        rows.push((Role::Boilerplate, "© 2025 Bản quyền thuộc về tòa soạn".into()));
        rows.push((
            Role::Boilerplate,
            "Giấy phép số 15/GP-BTTTT, Tổng biên tập: Trần Văn Minh".into(),
        ));
        if random.chance(50) {
            rows.push((Role::Boilerplate, "English | 中文".into()));
        }
    }
    rows
}

#[derive(Default)]
struct Table {
    cells: [[usize; Role::ALL.len()]; Role::ALL.len()],
}

impl Table {
    fn add(&mut self, rows: &Rows, blank: bool) {
        let mut text = String::new();
        let mut gold: Vec<(usize, Role)> = Vec::new();
        for (role, line) in rows {
            let line = line.replace(['\n', '\r', '\u{2028}', '\u{85}'], " ");
            text.push_str(line.trim());
            gold.push((text.len(), *role));
            text.push_str(if blank { "\n\n" } else { "\n" });
        }
        let structure = parse(&text, &PageOptions::default());
        for block in structure.blocks() {
            let span = block.span();
            for (offset, c) in text[span.clone()].char_indices() {
                if !c.is_whitespace() {
                    let line = gold.partition_point(|&(end, _)| end <= span.start + offset);
                    self.cells[gold[line].1 as usize][block.role() as usize] += 1;
                }
            }
        }
    }

    fn precision_recall(&self, wanted: impl Fn(Role) -> bool) -> (f64, f64) {
        let (mut both, mut found, mut gold) = (0, 0, 0);
        for row in Role::ALL {
            for column in Role::ALL {
                let n = self.cells[row as usize][column as usize];
                both += if wanted(row) && wanted(column) { n } else { 0 };
                found += if wanted(column) { n } else { 0 };
                gold += if wanted(row) { n } else { 0 };
            }
        }
        let share = |of: usize| if of == 0 { 1.0 } else { both as f64 / of as f64 };
        (share(found), share(gold))
    }

    fn report(&self, name: &str, pages: usize) -> String {
        let mut out = format!("{name}: {pages} pages\n");
        let (precision, recall) = self.precision_recall(Role::is_text);
        writeln!(out, "{:12} precision {precision:.4} recall {recall:.4}", "sapo+body").unwrap();
        for role in Role::ALL {
            let (precision, recall) = self.precision_recall(|one| one == role);
            let gold: usize = self.cells[role as usize].iter().sum();
            if gold > 0 {
                writeln!(
                    out,
                    "{:12} precision {precision:.4} recall {recall:.4} characters {gold}",
                    role.name()
                )
                .unwrap();
            }
        }
        out
    }
}

fn run(name: &str, articles: &[Article], rounds: usize, seed: u64) -> Table {
    let mut random = Random(seed);
    let mut table = Table::default();
    let mut pages = 0;
    for _ in 0..rounds {
        for (at, article) in articles.iter().enumerate() {
            // Neighbours in the data may tell of the same event; a related
            // teaser may do that too.
            let others: Vec<&Article> = (0..12)
                .map(|_| random.below(articles.len()))
                .filter(|&other| other != at)
                .map(|other| &articles[other])
                .collect();
            if others.is_empty() {
                continue;
            }
            let rows = noisy(article, &others, &mut random);
            table.add(&rows, random.chance(70));
            pages += 1;
        }
    }
    println!("{}", table.report(name, pages));
    table
}

fn assert_floors(table: &Table, precision_floor: f64, recall_floor: f64) {
    let (precision, recall) = table.precision_recall(Role::is_text);
    assert!(
        precision >= precision_floor && recall >= recall_floor,
        "sapo+body: precision {precision}, recall {recall}"
    );
    for role in [Role::Title, Role::Caption, Role::Related] {
        let (_, recall) = table.precision_recall(|one| one == role);
        assert!(recall >= 0.9, "{}: recall {recall}", role.name());
    }
}

/// The articles inside the pages written for this project.
fn own_articles() -> Vec<Article> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pages");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.split('\n').map(|line| line.trim_end_matches('\r')).collect();
        let table = std::fs::read_to_string(path.with_extension("roles.tsv")).unwrap();
        let of = |role: &str| -> Vec<String> {
            let rows = table.lines().map(|row| row.split('\t').collect::<Vec<_>>());
            rows.filter(|row| row.len() == 2 && row[1] == role)
                .map(|row| lines[row[0].parse::<usize>().unwrap() - 1].to_owned())
                .collect()
        };
        let (titles, sapos, body) = (of("title"), of("sapo"), of("body"));
        // Wrapped lines would be taken for paragraphs here.
        if let (Some(title), [sapo]) = (titles.first(), sapos.as_slice()) {
            out.push(Article { title: title.clone(), sapo: sapo.clone(), body });
        }
    }
    out
}

fn shared_articles(file: &str, most: usize) -> Option<Vec<Article>> {
    let data = std::fs::read_to_string(shared(&format!("data/clusters/{file}"))?).unwrap();
    let mut out = Vec::new();
    for line in data.split('\n').filter(|line| !line.is_empty()) {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        for document in record["documents"].as_array().unwrap() {
            let field = |name: &str| document[name].as_str().unwrap_or("").trim().to_owned();
            let (title, sapo, text) = (field("title"), field("abstract"), field("body"));
            // Only what is surely text of the article is gold here: sentences.
            let body: Vec<String> = text
                .lines()
                .map(str::trim)
                .filter(|line| {
                    line.ends_with(['.', '!', '?', '”', '"'])
                        && line.split(' ').count() >= 8
                        && !line.contains("nh:")
                })
                .map(str::to_owned)
                .collect();
            if body.len() >= 3 && !title.is_empty() && sapo.ends_with('.') {
                out.push(Article { title, sapo, body });
            }
        }
    }
    out.truncate(most);
    Some(out)
}

#[test]
fn noise_around_the_projects_own_articles_is_told_apart() {
    let articles = own_articles();
    assert!(articles.len() >= 5);
    let table = run("own articles", &articles, 40, 20_251_122);
    assert_floors(&table, 0.97, 0.98);
}

#[test]
fn noise_around_shared_articles_is_told_apart() {
    if let Some(articles) = shared_articles("abmusu-train.jsonl", 600) {
        let table = run("abmusu-train", &articles, 2, 7);
        assert_floors(&table, 0.97, 0.98);
    }
}
