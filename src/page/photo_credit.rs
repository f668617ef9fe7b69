//! Credits of pictures and videos (`Ảnh: Reuters`) and the captions before them.

pub(super) mod caption;
mod credit;
mod name;

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use rustc_hash::FxHashSet;

use super::line::{is_blank, trimmed};
use crate::text::letter::is_alphanumeric;
use crate::vocabulary;
use caption::caption_start;
use credit::{Closes, Credits};

/// Makers of pictures that a credit may name without a mark after it.
static AGENCIES: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| vocabulary::AGENCIES.phrases().collect());

/// A run of a paragraph: a caption or text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) is_caption: bool,
    /// A caption that is its credit and nothing else, at the beginning of a line.
    pub(super) is_bare: bool,
    /// The author, agency or source at the end of a paragraph.
    pub(super) is_signature: bool,
}

impl Piece {
    /// A run of text.
    pub(super) const fn text(start: usize, end: usize) -> Self {
        Self { start, end, is_caption: false, is_bare: false, is_signature: false }
    }
}

/// Cuts the captions out of a paragraph.
///
/// Without a credit the paragraph comes back as it is. The caption is the
/// credit with the sentence before it; in text whose paragraphs have been
/// glued together it reaches back to where they were glued. With
/// `credits_only` the sentence stays text.
/// `labels` are those of the whole text ([`labels()`]).
pub(super) fn pieces(
    text: &str,
    span: Range<usize>,
    credits_only: bool,
    labels: &[usize],
    out: &mut Vec<Piece>,
) {
    let start = span.start;
    let from = labels.partition_point(|&at| at < start);
    let own = labels[from..].iter().map(|&at| at - start);
    let paragraph = &text[span];
    let mut done = 0;
    let mut scratch = String::new();
    let mut emit = |from: usize, to: usize, is_caption: bool, is_bare: bool| {
        let (from, to) = trimmed(text, start + from, start + to);
        if from == to {
            return;
        }
        if let Some(last) = out.last_mut()
            && last.start >= start
            && last.is_caption
            && is_caption
        {
            last.end = to;
            last.is_bare &= is_bare;
        } else {
            out.push(Piece { is_caption, is_bare, ..Piece::text(from, to) });
        }
    };
    let own = own.take_while(|&at| at < paragraph.len());
    let mut credits = Credits::new(paragraph, own);
    while let Some(credit) = credits.next_after(done, &mut scratch) {
        let from = match credit.closes {
            Closes::Caption | Closes::Illustration if !credits_only => {
                caption_start(paragraph, done, credit.start, credit.closes == Closes::Illustration)
            }
            _ => credit.start,
        };
        let reaches_end = is_tail(&paragraph[credit.end..]);
        let to = if reaches_end { paragraph.len() } else { credit.end };
        emit(done, from, false, false);
        let is_alone = from == credit.start && paragraph[..from].trim_matches(is_blank).is_empty();
        emit(from, to, true, is_alone && credit.closes != Closes::Itself);
        done = to;
    }
    emit(done, paragraph.len(), false, false);
}

fn is_tail(rest: &str) -> bool {
    rest.chars().all(|c| !is_alphanumeric(c))
}

/// Places inside of labels that need no colon: `Ảnh minh họa`, and `Ảnh` before a name.
pub(super) fn labels(text: &str) -> Vec<usize> {
    static ILLUSTRATION: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("nh minh h"));
    static PICTURE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("Ảnh "));
    let mut places: Vec<usize> = ILLUSTRATION.find_iter(text.as_bytes()).collect();
    places.extend(PICTURE.find_iter(text.as_bytes()));
    places.sort_unstable();
    places
}

/// Whether new text may begin here: the end, or a capital, digit or quote.
fn is_boundary(rest: &str) -> bool {
    rest.trim_start_matches(is_blank).chars().next().is_none_or(|c| {
        c.is_uppercase()
            || c.is_numeric()
            || matches!(c, '“' | '"' | '‘' | '(' | '[' | '-' | '–' | '*' | '>' | '.' | '•')
    })
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::credit::{CREDIT_LABELS, begins_tag};
    use super::*;

    fn cut(text: &str) -> Vec<(&str, bool)> {
        let mut out = Vec::new();
        pieces(text, 0..text.len(), false, &labels(text), &mut out);
        out.iter().map(|p| (&text[p.start..p.end], p.is_caption)).collect()
    }

    #[test]
    fn every_tag_begins_with_a_letter_that_is_looked_for() {
        for tag in CREDIT_LABELS.iter() {
            let decomposed: String = tag.nfd().collect();
            for form in [(*tag).to_owned(), tag.to_uppercase(), decomposed] {
                assert!(form.chars().next().is_some_and(begins_tag), "{form}");
                let text = format!("Cầu mới. ({form}: AFP)");
                assert!(cut(&text).last().is_some_and(|piece| piece.1), "{form}");
            }
        }
    }

    #[test]
    fn a_paragraph_without_credit_stays_whole() {
        for text in [
            "Ông nói: \"Anh: đối thủ mạnh\".",
            "Chị Hoa (ảnh: NVCC) cho biết đã chờ từ sáng sớm để mua được vé.",
            "Có ba nguồn: gió, nước và mặt trời.",
            "Bài và ảnh: Thu Hà",
            "Xem hình (trang 5) để biết thêm.",
        ] {
            assert_eq!(cut(text), [(text, false)], "{text}");
        }
    }

    #[test]
    fn a_caption_line_is_a_caption() {
        for text in [
            "Cầu mới bắc qua sông Đà. Ảnh: Reuters",
            "Cầu mới bắc qua sông Đà. (Ảnh: THU HÀ)",
            "Cầu mới bắc qua sông Đà - Ảnh: TTXVN/Minh An",
            "Cầu mới bắc qua sông Đà (Ảnh minh họa)",
            "Cầu mới bắc qua sông Đà - Ảnh AFP",
            "Cầu mới bắc qua sông Đà. Ảnh minh hoạ.",
            "Ảnh: Ban Quản lý dự án cung cấp",
            "Cầu mới bắc qua sông Đà. Nguồn ảnh: songda.example.vn.",
            "Cầu mới bắc qua sông Đà. (Nguồn: AFP/TTXVN)",
            "Cầu mới. A\u{309}nh: Reuters",
        ] {
            assert_eq!(cut(text), [(text, true)], "{text}");
        }
    }

    #[test]
    fn a_caption_glued_into_a_paragraph_is_cut_out() {
        let text = "Cầu được thông xe vào cuối năm.Công nhân lắp nhịp cầu cuối cùng. Ảnh: TTXVN.Theo chủ đầu tư, dự án vượt tiến độ hai tháng.";
        assert_eq!(
            cut(text),
            [
                ("Cầu được thông xe vào cuối năm.", false),
                ("Công nhân lắp nhịp cầu cuối cùng. Ảnh: TTXVN.", true),
                ("Theo chủ đầu tư, dự án vượt tiến độ hai tháng.", false),
            ]
        );
    }

    #[test]
    fn a_name_without_mark_ends_before_the_next_sentence() {
        for (name, next) in [
            ("AFP", "Nước lũ dâng nhanh trong đêm, nhiều nhà bị ngập."),
            ("Thu Hà", "Theo chủ đầu tư, dự án vượt tiến độ hai tháng."),
            ("Tiến Dũng", "Nước lũ dâng nhanh trong đêm, nhiều nhà bị ngập."),
            ("internet", "Nước lũ dâng nhanh trong đêm, nhiều nhà bị ngập."),
            ("Minh Tuấn.", "HLV Trần An cho cả đội nghỉ tập vì sân ngập."),
        ] {
            let text = format!("Người dân chuyển đồ đạc lên cao. Ảnh: {name} {next}");
            let got = cut(&text);
            assert_eq!(got.len(), 2, "{text}");
            assert_eq!(got[1], (next, false), "{text}");
        }
        for (name, next) in [("T.H", "Công nhân vệ sinh dọn bùn."), ("L.Đ.A", "Điều này ít gặp.")]
        {
            let text = format!("Người dân chuyển đồ đạc lên cao. Ảnh: {name}{next}");
            assert_eq!(cut(&text).last(), Some(&(next, false)), "{text}");
        }
    }

    #[test]
    fn a_name_ends_where_the_first_word_of_the_next_sentence_is_glued_to_it() {
        for (name, next) in [
            ("Reuters", "Cảnh đổ nát trải dài hai cây số."),
            ("KBS", "Lũ quét qua năm bản trong một đêm."),
            ("AFP", "Johnson cho biết đoàn cứu trợ đã tới."),
            ("AFP/TTXVN", "S-300 là một loại tên lửa."),
            ("H.Q", "Ở ngày thứ hai, nước vẫn chưa rút."),
            ("MINH THU", "17 năm chờ đợi đã qua."),
            ("D.Hải.", "Nằm trên nóc nhà, chị vẫy khăn."),
            ("kenh.example.com", "Osaka cũng chịu mưa lớn suốt tuần."),
            ("VIR.", "“Thở được rồi”, ông cười."),
            ("RIA", "\"Việc cứu hộ đang chậm lại\", ông nói."),
            ("Công an tỉnh cung cấp", "Theo báo cáo, mưa còn kéo dài."),
            ("chụp lại màn hình", "Sự việc được quay lúc rạng sáng."),
        ] {
            let text =
                format!("Người dân chuyển đồ đạc lên cao. Ảnh: {name}{next} Nhiều nhà mất trắng.");
            let got = cut(&text);
            let rest = format!("{next} Nhiều nhà mất trắng.");
            assert_eq!(got.last(), Some(&(rest.as_str(), false)), "{text}");
            assert_eq!(got.len(), 2, "{text}");
        }
        // No telling where the name ends: nothing is cut.
        let text = "Nước lên nhanh. Ảnh: Một người dân đứng trên mái nhà chờ xuồng tới đón";
        let text = format!("{text} {}", "rồi lại chờ thêm cho đến tận khuya ".repeat(12));
        assert_eq!(cut(&text).len(), 1);
    }

    #[test]
    fn illustrations_name_their_source() {
        for credit in [
            "Ảnh minh họa: Kho ảnh.",
            "Ảnh minh họa/ Internet.",
            "Ảnh minh họa. Nguồn: Internet",
            "Ảnh minh họa (nguồn kho.example.vn)",
            "Ảnh minh họa. (Nguồn: Mạnh Linh/TTXVN)",
            "Ảnh minh họa",
            "(Ảnh minh họa):",
            "Ảnh chỉ có tính chất minh họa.",
        ] {
            let text = format!(
                "Cha tôi im lặng. Mẹ tôi giận lắm.{credit}Bà bỏ về quê ngay trong đêm hôm ấy."
            );
            assert_eq!(
                cut(&text),
                [
                    ("Cha tôi im lặng. Mẹ tôi giận lắm.", false),
                    (credit, true),
                    ("Bà bỏ về quê ngay trong đêm hôm ấy.", false)
                ],
                "{text}"
            );
        }
    }

    #[test]
    fn a_label_without_colon_needs_a_name_that_ends() {
        let before = "Người dân chuyển đồ đạc lên cao. ";
        for (credit, after) in [
            ("Ảnh VGP/Lê An", "Đó là ý kiến của nhiều người ở xóm bãi."),
            ("Ảnh T.H", "Nếu mưa lớn, cả xóm sẽ phải dời đi."),
            ("Ảnh Song Ngư.", "Theo xã, có ba nhà bị cuốn trôi."),
            ("(Ảnh do công an xã cung cấp)", "Nước rút sau hai ngày."),
        ] {
            let text = format!("{before}{credit}{after}");
            assert_eq!(cut(&text).last(), Some(&(after, false)), "{text}");
            assert_eq!(cut(&text).len(), 2, "{text}");
        }
        let text = "Người dân chuyển đồ đạc lên cao. Ảnh Bác Hồ được cụ Tư gói kỹ rồi gửi lên đình \
            làng. Theo xã, có ba nhà bị cuốn trôi.";
        assert_eq!(cut(text), [(text, false)]);
    }

    #[test]
    fn a_source_behind_the_last_sentence_takes_nothing_with_it() {
        let text = "Vụ án sẽ được xét xử vào tháng sau.Nguồn: Công an tỉnh";
        assert_eq!(cut(text), [(text, false)]);
    }

    #[test]
    fn a_label_in_its_own_line_may_have_its_caption_behind_it() {
        let text = "Loại xe này đã thôi dùng từ lâu.Ảnh: Một chiếc xe được trưng bày ở sân bảo \
            tàng.Năm sau, chiếc cuối cùng được đưa về xưởng.";
        assert_eq!(
            cut(text),
            [
                ("Loại xe này đã thôi dùng từ lâu.", false),
                ("Ảnh: Một chiếc xe được trưng bày ở sân bảo tàng.", true),
                ("Năm sau, chiếc cuối cùng được đưa về xưởng.", false),
            ]
        );
    }

    #[test]
    fn a_caption_may_stand_behind_its_label() {
        let text = "Bão tan trong đêm, nhiều nơi mất điện - Ảnh: Hàng cây đổ trên phố (AP)Chính quyền \
            huy động 300 người dọn dẹp.";
        assert_eq!(
            cut(text),
            [
                ("Bão tan trong đêm, nhiều nơi mất điện", false),
                ("- Ảnh: Hàng cây đổ trên phố (AP)", true),
                ("Chính quyền huy động 300 người dọn dẹp.", false),
            ]
        );
    }
}
