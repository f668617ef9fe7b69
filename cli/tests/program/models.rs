//! Each model that a command takes changes what it prints, or is refused.

use std::process::Output;

use tomtat::rank::{self, REGISTRY};

use crate::run::{Folder, ok, stderr, stdout};

/// An article whose sentences share words, so that their weights decide what is chosen.
const ARTICLE: &str = "Mưa lớn làm ngập nhiều tuyến đường ở Huế.

Sáng nay mưa lớn kéo dài khiến nhiều tuyến đường ở trung tâm Huế ngập sâu nửa mét. \
Học sinh của ba trường được nghỉ học vì nhiều tuyến đường ngập. \
Lực lượng dân phòng dựng rào chắn ở các ngã tư và giúp người dân đẩy xe chết máy. \
Chủ một tiệm sách kể rằng nước tràn vào nhà lúc nửa đêm, gia đình chị phải kê sách lên cao. \
Theo đài khí tượng, mưa lớn sẽ giảm từ chiều mai nhưng nước sông Hương còn lên. \
Thành phố yêu cầu các phường trực máy bơm và báo cáo thiệt hại trước tối nay. \
Nước sông Hương lúc sáu giờ đã trên mức báo động hai.
";

/// Articles to learn from, in which usual words are rare and rare words are usual.
const NEWS: &str = "\
{\"body\": \"Rào chắn, dân phòng và tiệm sách. Máy bơm báo động. Khí tượng. Anh Sáng đi chợ.\"}
{\"body\": \"Dân phòng dựng rào chắn. Tiệm sách có máy bơm. Chị Sáng kê sách, anh Sáng đẩy xe.\"}
{\"body\": \"Đài khí tượng báo động. Dân phòng, tiệm sách, rào chắn. Bà Sáng mua máy bơm.\"}
";

/// Articles whose first sentences open as later ones do elsewhere, and the other way round.
const OPENINGS: &str = "\
{\"abstract\": \"Riêng xã Vĩnh Thạnh được mùa.\", \"body\": \"Riêng xã Vĩnh Thạnh được mùa lúa. Lúa tốt. \
Sáng nay mưa lớn kéo dài. Học sinh của ba trường nghỉ học. Lực lượng dân phòng dựng rào chắn. \
Theo đài khí tượng, trời còn mưa. Nước sông lên nhanh. Thành phố yêu cầu trực máy bơm.\"}
";

/// Words that the shipped segmenter does not join.
const SEGMENTED: &str = "Sáng_nay_mưa lớn kéo_dài .\nở_Huế ngập_sâu nửa_mét .\n";

/// A folder with an article, and models that were trained there.
fn trained(command: &'static str) -> Folder {
    let files = [
        ("article.txt", ARTICLE),
        ("rice.txt", include_str!("../../../samples/gia-gao.txt")),
        ("weir.txt", include_str!("../../../samples/cau-co-may.txt")),
        ("school.txt", include_str!("../../../samples/lop-hoc-tren-bai-bien.txt")),
        ("news.jsonl", &NEWS.repeat(4)),
        ("words.txt", &SEGMENTED.repeat(6)),
        ("openings.jsonl", &OPENINGS.repeat(30)),
        (
            "names.txt",
            &"Ông Sáng và bà Nhung ra chợ. Chợ đông. Ông Sáng về. Về đến nhà.\n".repeat(9),
        ),
    ];
    let train = Folder::new("train", &files);
    ok(&train.run("background news.jsonl --min-df 1 -o a.background"));
    ok(&train.run("lexicon words.txt -o a.lexicon"));
    ok(&train.run("sentence-starters names.txt -o a.starters"));
    ok(&train.run("standalone openings.jsonl -o a.standalone"));
    train.with_command(command)
}

fn refusal(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2), "{}", stdout(output));
    stderr(output)
}

#[test]
fn background_statistics_change_a_summary_or_are_refused() {
    let folder = trained("summarize");
    for entry in REGISTRY {
        let name = entry.info.name;
        let outputs = |more: &str| -> Vec<Output> {
            let pages = "article.txt rice.txt weir.txt school.txt";
            let run = |n| folder.run(&format!("{pages} --scores -n {n} -m {name} {more}"));
            (1..8).map(run).collect()
        };
        let with = outputs("--background a.background");
        if with[0].status.code() == Some(2) {
            assert!(stderr(&with[0]).contains("--background changes nothing here"), "{name}");
            let queried = "--query giá,nước --background a.background";
            assert_ne!(
                outputs(queried).iter().map(ok).collect::<Vec<_>>(),
                outputs("--query giá,nước").iter().map(ok).collect::<Vec<_>>(),
                "{name} with a query"
            );
        } else {
            assert_ne!(
                with.iter().map(ok).collect::<Vec<_>>(),
                outputs("").iter().map(ok).collect::<Vec<_>>(),
                "{name}"
            );
        }
    }
    refusal(&folder.run(&format!("article.txt -m {} --background a.background", rank::DEFAULT)));
    refusal(&folder.run("article.txt --multi --background a.background"));
    refusal(&folder.run("article.txt --sapo --background a.background"));
}

#[test]
fn a_segmenter_changes_words_or_is_refused() {
    let folder = trained("tokenize");
    let own = ok(&folder.run("article.txt --segmenter a.lexicon"));
    assert!(own.contains("Sáng_nay_mưa") && !own.contains("Học_sinh"), "{own}");
    let usual = ok(&folder.run("article.txt"));
    assert!(!usual.contains("Sáng_nay_mưa") && usual.contains("Học_sinh"), "{usual}");
    for level in ["sentence", "syllable"] {
        let message =
            refusal(&folder.run(&format!("article.txt --level {level} --segmenter a.lexicon")));
        assert!(message.contains("--level word"), "{message}");
    }

    let folder = folder.with_command("summarize");
    let words = |more: &str| -> Vec<String> {
        (12..40)
            .step_by(2)
            .map(|n| ok(&folder.run(&format!("article.txt --raw -w {n} {more}"))))
            .collect()
    };
    assert_ne!(words("--segmenter a.lexicon"), words(""), "words are what -w counts");

    let folder = folder.with_command("terms");
    let own = ok(&folder.run("article.txt -n 1 -f csv --segmenter a.lexicon"));
    assert_ne!(own, ok(&folder.run("article.txt -n 1 -f csv")));
}

#[test]
fn sentence_starters_change_where_sentences_end() {
    let folder = trained("tokenize")
        .with_file("page.txt", "Giá vé tăng mạnh Sau đó hành khách vẫn xếp hàng dài trước quầy.\n");
    let usual = ok(&folder.run("page.txt --level sentence --split-unmarked"));
    assert_eq!(usual.lines().count(), 2, "{usual}");
    let own = ok(&folder.run("page.txt --level sentence --split-unmarked --starters a.starters"));
    assert_eq!(own.lines().count(), 1, "{own}");

    let folder = folder.with_command("summarize");
    assert_ne!(
        ok(&folder.run("page.txt -n 1")),
        ok(&folder.run("page.txt -n 1 --starters a.starters"))
    );
    let message = refusal(&folder.run("page.txt --starters a.lexicon"));
    assert!(message.contains("`lexicon`"), "{message}");
}

#[test]
fn the_model_of_openings_changes_which_sentences_are_chosen() {
    let folder = trained("summarize");
    let pages = "article.txt rice.txt weir.txt school.txt";
    for method in ["trained", "centroid", "kl"] {
        let chosen = |more: &str| -> Vec<String> {
            (1..5).map(|n| ok(&folder.run(&format!("{pages} -n {n} -m {method} {more}")))).collect()
        };
        assert_ne!(chosen("--standalone a.standalone"), chosen(""), "{method}");
    }
    refusal(&folder.run("article.txt --standalone a.standalone --dangling"));
    refusal(&folder.run("article.txt --standalone a.standalone -m lead"));
    refusal(&folder.run("article.txt --standalone a.standalone --query mưa"));
    let message = refusal(&folder.run("article.txt --standalone a.lexicon"));
    assert!(message.contains("`lexicon`"), "{message}");
}

#[test]
fn bench_reads_the_models_of_its_task_and_refuses_others() {
    let folder = trained("bench")
        .with_file("gold.txt", &SEGMENTED.repeat(4))
        .with_file("empty.roles.tsv", "");
    let f1 = |more: &str| {
        let report = folder.json(&format!("--task words gold.txt -m tomtat --resamples 10 {more}"));
        report["rows"][0]["f1"].to_string()
    };
    assert_ne!(f1("--segmenter a.lexicon"), f1(""));
    for arguments in [
        "--task words gold.txt --background a.background",
        "--task words gold.txt --ranker a.background",
        "--task sentences gold.txt --segmenter a.lexicon",
        "--task roles . --starters a.starters",
    ] {
        let message = refusal(&folder.run(arguments));
        assert!(message.contains("changes nothing in --task"), "{message}");
    }
}
