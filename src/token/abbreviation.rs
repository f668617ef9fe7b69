//! Abbreviations that Vietnamese writes with a full stop.
//!
//! The lists hold what stands *before* a name or number, so that the stop after it does not end
//! the sentence. Acronyms such as BHYT or CLB are not among them: they end sentences.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::letter::{Letter, Mark, Tone};

/// Titles, places and functions that a name or a number follows.
const BEFORE_NAME: [&str; 84] = [
    "TP", "Tp", "tp", "TX", "Tx", "tx", "TT", "Tt", "Q", "q", "P", "p", "H", "X", "KP", "Kp", "GS",
    "Gs", "PGS", "Pgs", "TS", "Ts", "ts", "TSKH", "ThS", "Ths", "THS", "Th", "BS", "Bs", "bs",
    "BSCK", "BSCKI", "BSCKII", "CK", "DS", "Ds", "KS", "Ks", "KTS", "LS", "Ls", "CN", "NS", "NSND",
    "NSƯT", "NSUT", "NGND", "NGƯT", "Đ", "Đ/c", "đ/c", "St", "Mr", "Mrs", "Ms", "Dr", "Prof", "Jr",
    "ĐT", "x", "HLV", "VĐV", "GĐ", "PGĐ", "TGĐ", "CT", "PCT", "ĐBQH", "PV", "BTV", "CV", "TTK",
    "tt", "gs", "pgs", "ths", "tskh", "ks", "kts", "ds", "hlv", "CKI", "CKII",
];

/// Abbreviations inside a sentence that a number or a lower-case word follows.
const BEFORE_NUMBER: [&str; 83] = [
    "chg", "Chg", "ng", "m", "ĐC", "Đc", "đc", "MST", "STK", "TK", "CMND", "CCCD", "GPKD", "HĐ",
    "tk", "Tk", "thg", "Thg", "tr", "Tr", "t", "T", "s", "vol", "Vol", "no", "No", "nos", "Nos",
    "pp", "fig", "Fig", "figs", "Figs", "eq", "Eq", "ch", "sec", "Sec", "art", "Art", "op", "Op",
    "bd", "Bd", "ext", "Ext", "ĐT", "đt", "Tel", "tel", "Hotline", "sđt", "SĐT", "Fax", "fax",
    "cs", "Cs", "ctv", "ph", "k", "kh", "ver", "Ver", "chap", "Chap", "par", "th", "ct", "Jan",
    "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "ref", "Ref",
];

/// Abbreviations of references, credits, firms and places: what follows is no new sentence, unless it
/// looks like one.
const IN_SENTENCE: [&str; 58] = [
    "Nxb", "nxb", "NXB", "Tcn", "TCN", "Vd", "vd", "VD", "Hv", "Tg", "Bt", "sđd", "Sđd", "SĐD",
    "ft", "Ft", "feat", "Feat", "vs", "Vs", "cf", "Cf", "ibid", "Ibid", "al", "ed", "eds", "Ed",
    "Eds", "viz", "approx", "Co", "Corp", "Inc", "Ltd", "Bros", "Mt", "St", "Ave", "Blvd", "Dept",
    "Univ", "Assoc", "Rev", "Gen", "Col", "Sgt", "Capt", "Lt", "Gov", "Rep", "Fr", "Msgr", "Mgr",
    "Jr", "Sr", "Esq", "Prof",
];

/// Kinds of firms and places, after which a name of two words or in upper case follows: `KCN. Tân
/// Bình`, `CP. ABC`.
const BEFORE_PLACE: [&str; 20] = [
    "KCN", "KĐT", "KDC", "KCX", "CCN", "CP", "CTCP", "CTY", "Cty", "cty", "BV", "NH", "TTTM",
    "HTX", "XN", "KDL", "ĐH", "CĐ", "MTV", "TNHH",
];

/// Abbreviations of names in other languages; the word after them is none of Vietnamese: `Man.
/// United`, `Atl. Madrid`, `Sen. McCain`.
const BEFORE_FOREIGN: [&str; 40] = [
    "Man", "Atl", "Ath", "Bor", "Dyn", "Lok", "Olymp", "Sport", "Sen", "Pres", "Hon", "Sec", "Adm",
    "Maj", "Cpl", "Cmdr", "Insp", "Supt", "Rt", "Phila", "Penn", "Calif", "Mass", "Conn", "Wash",
    "Tex", "Fla", "Okla", "Ariz", "Minn", "Wis", "Tenn", "Ont", "Intl", "Int", "Natl", "Bldg",
    "Hosp", "Inst", "Acad",
];

/// Academic and professional titles, after which degrees in capitals follow: `BS.CKII. Nguyễn Lan`.
const TITLES: [&str; 24] = [
    "GS", "Gs", "PGS", "Pgs", "TS", "Ts", "ts", "TSKH", "ThS", "Ths", "THS", "Th", "BS", "Bs",
    "bs", "DS", "Ds", "KS", "Ks", "KTS", "LS", "Ls", "CN", "ĐD",
];

/// Nouns that letters number, so that a single letter behind them is no initial: `viêm gan B.`,
/// `bảng A.`, `vitamin C.`
const LETTERED: [&str; 72] = [
    "vực",
    "ghế",
    "toa",
    "sân",
    "trạm",
    "đỉnh",
    "góc",
    "kệ",
    "ô",
    "thẻ",
    "hệ",
    "bậc",
    "thể",
    "dạng",
    "kiểu",
    "hoạch",
    "vùng",
    "hiệu",
    "tuýp",
    "nốt",
    "phòng",
    "giường",
    "bến",
    "dốc",
    "kho",
    "giải",
    "gan",
    "vi",
    "máu",
    "nhóm",
    "bảng",
    "tòa",
    "toà",
    "lô",
    "hạng",
    "loại",
    "lớp",
    "khối",
    "size",
    "cỡ",
    "điểm",
    "vitamin",
    "khu",
    "dãy",
    "cột",
    "hàng",
    "block",
    "tháp",
    "cổng",
    "cửa",
    "mẫu",
    "án",
    "câu",
    "đề",
    "cúm",
    "kênh",
    "series",
    "serie",
    "seri",
    "mục",
    "phần",
    "tổ",
    "vần",
    "chữ",
    "độ",
    "số",
    "type",
    "typ",
    "kíp",
    "căn",
    "ga",
    "bên",
];

/// Short beginnings of given names in reports that hide a name: `chị Tr.`, `em Ng.`.
const NAME_STARTS: [&str; 12] =
    ["Tr", "Th", "Ng", "Ngh", "Nh", "Ph", "Kh", "Ch", "Gi", "Qu", "Gh", "TR"];

/// The lists that an abbreviation stands in, a bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lists(u8);

impl Lists {
    const BEFORE_NAME: Self = Self(1);
    const BEFORE_NUMBER: Self = Self(1 << 1);
    const IN_SENTENCE: Self = Self(1 << 2);
    const BEFORE_PLACE: Self = Self(1 << 3);
    const BEFORE_FOREIGN: Self = Self(1 << 4);
    const TITLES: Self = Self(1 << 5);
    const NAME_STARTS: Self = Self(1 << 6);

    /// Returns the lists of a word.
    fn of(word: &str) -> Self {
        static KNOWN: LazyLock<FxHashMap<&str, Lists>> = LazyLock::new(|| {
            let lists: [(Lists, &[&str]); 7] = [
                (Lists::BEFORE_NAME, &BEFORE_NAME),
                (Lists::BEFORE_NUMBER, &BEFORE_NUMBER),
                (Lists::IN_SENTENCE, &IN_SENTENCE),
                (Lists::BEFORE_PLACE, &BEFORE_PLACE),
                (Lists::BEFORE_FOREIGN, &BEFORE_FOREIGN),
                (Lists::TITLES, &TITLES),
                (Lists::NAME_STARTS, &NAME_STARTS),
            ];
            let mut known: FxHashMap<&str, Lists> = FxHashMap::default();
            for (list, words) in lists {
                words.iter().for_each(|word| known.entry(word).or_default().0 |= list.0);
            }
            known
        });
        KNOWN.get(word).copied().unwrap_or_default()
    }

    const fn contain(self, list: Self) -> bool {
        self.0 & list.0 != 0
    }
}

/// Returns true if `word` with a full stop stands before a name.
pub(crate) fn is_before_name(word: &str) -> bool {
    Lists::of(word).contain(Lists::BEFORE_NAME)
}

/// Returns true if `word` with a full stop stands before a number.
pub(crate) fn is_before_number(word: &str) -> bool {
    Lists::of(word).contain(Lists::BEFORE_NUMBER)
}

/// Returns true if `word` with a full stop stands before the name of a firm or place.
pub(crate) fn is_before_place(word: &str) -> bool {
    Lists::of(word).contain(Lists::BEFORE_PLACE)
}

/// Returns true if `word` with a full stop stands before more of a foreign name.
pub(crate) fn is_before_foreign(word: &str) -> bool {
    Lists::of(word).contain(Lists::BEFORE_FOREIGN)
}

/// Returns true if `word` can be an abbreviation with a full stop, other than a link of a chain of
/// them: `TP.HCM`.
pub(crate) fn is_unchained(word: &str) -> bool {
    let chained = Lists::BEFORE_NAME.0 | Lists::NAME_STARTS.0 | Lists::TITLES.0;
    Lists::of(word).contain(Lists(!chained))
        || has_no_vowel(word)
        || word == VERSUS
        || is_small_place(word)
}

/// Returns true if `word` can be a link of a chain of abbreviations, all but the last: an initial, or
/// what stands before a name.
pub(crate) fn is_chained(word: &str) -> bool {
    let chained = Lists(Lists::BEFORE_NAME.0 | Lists::NAME_STARTS.0);
    Lists::of(word).contain(chained) || is_single_capital(word)
}

/// Between the parties of a lawsuit.
pub(crate) const VERSUS: &str = "v";

/// Returns true for a unit after a number: `20 ph.`, `10 s.`
pub(crate) fn is_unit(word: &str) -> bool {
    matches!(word, "ph" | "k" | "s" | "m")
}

/// Returns true if `word` with a full stop stands inside of a sentence.
pub(crate) fn is_in_sentence(word: &str) -> bool {
    Lists::of(word).contain(Lists::IN_SENTENCE) || has_no_vowel(word)
}

/// Returns true for a capital and up to three small letters without a vowel: `Nxb`, `Kts`.
fn has_no_vowel(word: &str) -> bool {
    let (first, rest) = word.split_at_checked(1).unwrap_or_default();
    first.bytes().all(|b| b.is_ascii_uppercase())
        && (1..=3).contains(&rest.len())
        && rest.bytes().all(|b| b.is_ascii_lowercase())
        && !word
            .bytes()
            .any(|b| matches!(b.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y'))
}

/// Returns true for a street, whose number may stand before it: `5th Ave. New York`.
pub(crate) fn is_street(word: &str) -> bool {
    matches!(word, "Ave" | "Blvd")
}

/// Returns true for a street or district in small letters, before a name: `số 12 đ. Láng`.
pub(crate) fn is_small_place(word: &str) -> bool {
    matches!(word, "đ" | "h")
}

/// Returns true for `tr. CN` and `s. CN`: before and after Christ.
pub(crate) fn is_era(word: &str, next: &str) -> bool {
    matches!(word, "tr" | "s") && next == "CN"
}

/// Returns true for what stands behind the names of firms and people: `Inc`, `Jr`.
pub(crate) fn follows_name(word: &str) -> bool {
    matches!(word, "Co" | "Corp" | "Inc" | "Ltd" | "Bros" | "Jr" | "Sr" | "Esq" | "al")
}

/// Returns true for an academic or professional title.
pub(crate) fn is_title(word: &str) -> bool {
    Lists::of(word).contain(Lists::TITLES)
}

/// Returns true if a single letter after this word numbers it.
pub(crate) fn takes_letter(word: &str) -> bool {
    LETTERED.contains(&word)
}

/// Returns true for one capital letter, or the first letters of a name that is hidden.
///
/// Letters with a tone are words: `châu Á.`, `nước Ý.`.
pub(crate) fn is_initial(word: &str) -> bool {
    is_single_capital(word) || Lists::of(word).contain(Lists::NAME_STARTS)
}

fn is_single_capital(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| c.is_uppercase() && !has_tone(c))
        && chars.all(|c| matches!(Mark::of(c), Some(mark) if !matches!(mark, Mark::Tone(_))))
}

fn has_tone(c: char) -> bool {
    Letter::of(c).is_some_and(|letter| letter.tone() != Tone::None)
}

/// Top-level domains that Vietnamese news writes out: `Tiin.vn`, `chinhphu.vn`, `Kremlin.ru`.
const TOP_LEVEL_DOMAINS: [&str; 32] = [
    "vn", "com", "net", "org", "edu", "gov", "info", "biz", "tv", "me", "io", "co", "uk", "us",
    "ru", "jp", "cn", "kr", "fr", "de", "eu", "asia", "xyz", "app", "dev", "ai", "sg", "hk", "tw",
    "th", "au", "ca",
];

/// Returns true for a top-level domain in lower case.
pub(crate) fn is_top_level_domain(label: &str) -> bool {
    TOP_LEVEL_DOMAINS.contains(&label)
}
