//! The files that command lines of the docs name, with texts of our own.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Commands that make what a user of the docs has made before.
pub(crate) const MADE: [&str; 5] = [
    "tomtat terms --save a.stats news/*.txt",
    "tomtat terms --save b.stats sports/*.txt",
    "cp b.stats news.stats",
    "tomtat train lexicon gold.txt --min-count 1 -o mine.segmenter",
    "tomtat tokenize -f text corpus/0.txt > bart.txt && cp out.txt bart.txt",
];

const ECONOMY: &str = "Giá cà phê tăng mạnh\n\n\
    Nông dân Tây Nguyên bán cà phê với giá cao nhất từ đầu năm. Kinh tế của vùng phụ thuộc vào \
    cà phê nguyên chất và hồ tiêu. Giá gạo xuất khẩu cũng tăng, theo hiệp hội lương thực.\n\n\
    Trà Thái Nguyên giữ giá. Các nông dân mong kinh tế phục hồi, học sinh có tiền đi học. \
    Một số bài đăng #AI trên mạng nói giá cà phê còn tăng.\n";

const SPORTS: &str = "Đội tuyển thắng đậm\n\n\
    Đội tuyển bóng đá thắng trận mở màn trên sân nhà. Huấn luyện viên khen các cầu thủ trẻ. \
    Trận đấu thứ hai của đội tuyển sẽ diễn ra vào cuối tuần.\n\n\
    Cổ động viên bóng đá mua hết vé. Ban tổ chức nói sân vận động đã được sửa xong.\n";

/// Sentences, their words joined; the same as plain text have spaces.
const GOLD: [&str; 5] = [
    "Học_sinh đi học ở trường làng .",
    "Nông_dân trồng cà_phê trên đồi .",
    "Kinh_tế của tỉnh tăng_trưởng nhanh .",
    "Đội_tuyển bóng_đá thắng trận mở_màn .",
    "Giá gạo xuất_khẩu tăng mạnh .",
];

/// Articles with abstracts and tags, one a line.
fn records() -> String {
    let topics = ["cá tra", "hồ tiêu", "lúa thơm", "sầu riêng"];
    let mut lines = String::new();
    for i in 0..40 {
        let (topic, other) = (topics[i % 4], topics[(i + 1) % 4]);
        let title = format!("Giá {topic} đợt {i} tăng");
        let told = format!("Giá {topic} đợt {i} tăng {i} đồng, nông dân phấn khởi.");
        let body = format!(
            "Giá {topic} đợt {i} tăng {i} đồng so với tuần trước. Nông dân trồng {topic} cho biết \
             kinh tế gia đình khá hơn. Thương lái vẫn mua {other} với giá cũ. Trời nắng đẹp suốt \
             tuần qua ở vùng này."
        );
        let _ = writeln!(
            lines,
            "{{\"id\": \"{i}\", \"url\": \"bai-{i}\", \"title\": \"{title}\", \"abstract\": \"{told}\", \
             \"summary\": \"{told}\", \"body\": \"{body}\", \"content\": \"{body}\", \
             \"tags\": [\"{topic}\", \"nông dân\"]}}"
        );
    }
    lines
}

/// One group of articles on one event, with two summaries.
fn clusters() -> String {
    "{\"id\": \"bao\", \"documents\": [\
     {\"id\": \"1\", \"title\": \"Bão đổ bộ\", \"body\": \"Bão số 5 đổ bộ vào Quảng Trị sáng nay. Gió giật cấp 12 làm tốc mái nhiều nhà.\"}, \
     {\"id\": \"2\", \"title\": \"Thiệt hại do bão\", \"body\": \"Sáng nay bão số 5 đổ bộ vào Quảng Trị. Hai trăm nhà bị tốc mái, ba xã mất điện.\"}], \
     \"references\": [\"Bão số 5 đổ bộ vào Quảng Trị, hai trăm nhà tốc mái.\", \"Bão số 5 làm hai trăm nhà ở Quảng Trị tốc mái.\"]}\n"
        .to_owned()
}

/// Writes all files into `folder`.
pub(crate) fn write(folder: &Path) {
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    };
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../samples/gia-gao.txt");
    let page = fs::read(sample).expect("a sample");
    for name in ["page.txt", "article.txt", "novel.txt", "pages/gao.txt", "texts/gao.txt"] {
        put(name, &page);
    }
    let genres = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/sentences/genres");
    for name in ["law.txt", "law.sentences.txt"] {
        put(name, &fs::read(Path::new(genres).join(name)).expect("a fixture"));
    }
    put(".local/share/man/man1/other.1", b"");
    put("pages/gao.roles.tsv", b"1\ttitle\n");
    put("bai.txt", "Giá gạo tang\u{200B} mạnh, theo ÐBSCL.\n".as_bytes());
    put("texts/bai.txt", "Giá gạo tang\u{200B} mạnh, theo ÐBSCL.\n".as_bytes());
    let html = format!(
        "<html><head><title>Giá cà phê</title></head><body><article><h1>Giá cà phê tăng mạnh</h1>\
         <p>{}</p></article></body></html>",
        ECONOMY.replace("\n\n", "</p><p>")
    );
    put("page.html", html.as_bytes());
    for folder in ["corpus", "news", "mine", "today", "economy"] {
        for (n, place) in
            ["Tây Nguyên", "Đắk Lắk", "Gia Lai", "Kon Tum", "Lâm Đồng"].iter().enumerate()
        {
            let text = ECONOMY.replace("Tây Nguyên", place);
            put(&format!("{folder}/{n}.txt"), text.as_bytes());
        }
    }
    for folder in ["sports", "theirs"] {
        put(&format!("{folder}/0.txt"), SPORTS.as_bytes());
        put(&format!("{folder}/1.txt"), SPORTS.replace("cuối", "đầu").as_bytes());
    }
    put("corpus.txt", ECONOMY.repeat(5).as_bytes());
    let packed = ruzstd::encoding::compress_to_vec(
        ECONOMY.as_bytes(),
        ruzstd::encoding::CompressionLevel::Fastest,
    );
    put("corpus.txt.zst", &packed);
    for (n, text) in [ECONOMY, SPORTS, ECONOMY].into_iter().enumerate() {
        put(&format!("bao-{}.txt", n + 1), text.as_bytes());
    }
    let records = records();
    for name in
        ["articles", "mine", "news", "test", "dev", "a", "b", "gold", "out", "tagged", "pages"]
    {
        put(&format!("{name}.jsonl"), records.as_bytes());
    }
    // What was learned from is taken out of a test.
    let others =
        records.replace("nông dân", "bà con").replace("đồng", "nghìn").replace("đợt", "vụ");
    put("train.jsonl", others.as_bytes());
    let packed = ruzstd::encoding::compress_to_vec(
        records.as_bytes(),
        ruzstd::encoding::CompressionLevel::Fastest,
    );
    put("vnds-val.jsonl.zst", &packed);
    put("picks.tsv", b"0\t27\t-\t-\n5\t27\t80\t-\n");
    let ranker = concat!(env!("CARGO_MANIFEST_DIR"), "/../models/vi-news.ranker");
    put("mine.ranker", &fs::read(ranker).expect("a model"));
    put("clusters.jsonl", clusters().as_bytes());
    put(
        "news.csv",
        format!("content,summary\n\"{}\",Giá cà phê tăng.\n", ECONOMY.trim()).as_bytes(),
    );
    let gold = GOLD.join("\n") + "\n";
    let plain = gold.replace('_', " ");
    put("gold.txt", gold.as_bytes());
    for name in ["out.txt", "mine.txt", "theirs.txt", "one.txt", "two.txt", "bart.txt"] {
        put(name, plain.as_bytes());
    }
    put("segmentation/vtb-train.txt", gold.as_bytes());
    put("sentences/news-sentences.txt", plain.as_bytes());
    put("raw.txt", plain.replace('\n', " ").as_bytes());
    put("words.txt", "cà phê nguyên chất\nhồ tiêu\n".as_bytes());
    for (n, line) in plain.lines().enumerate() {
        for folder in ["out", "first", "second"] {
            put(&format!("{folder}/{n}.txt"), line.as_bytes());
        }
        let seg = format!("Tin số {n}\n\n{line}\n\n{gold}Trời tạnh .\n\nẢnh\n");
        put(&format!("test/{n}.txt.seg"), seg.as_bytes());
    }
}
