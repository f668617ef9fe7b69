//! Phrases by which pages name their parts.
//!
//! Lines of buttons and of headings for other articles are told by what they
//! are made of, not by a list of whole lines: every word belongs to a small
//! vocabulary and the line has at least one of its telling pairs.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Words that headings of related lists are made of.
const RELATED_WORDS: &str = "tin tức bài viết báo liên quan khác mới nhất nhiều đọc xem thêm cùng chuyên mục chủ đề tác giả \
    nổi bật đáng chú ý có thể bạn quan tâm thích gợi dành cho đề xuất được người ảnh hot nóng các những \
    đang hay trong ngày tuần qua tiếp mời cập nhật đừng bỏ lỡ không nên sẽ muốn biết loạt kỳ trước sau \
    sự kiện tiêu điểm dòng thời phổ biến trend xu hướng video clip của về tại đây top hàng đầu chọn lọc độc đáng mục trên từ cũng và hơn \
    related read more news most latest you may also like see articles stories";

/// Pairs of words of which a heading of a related list has at least one.
const RELATED_CORES: &[&str] = &[
    "liên quan",
    "quan tâm",
    "xem thêm",
    "đọc thêm",
    "đọc tiếp",
    "xem tiếp",
    "cùng chuyên mục",
    "cùng mục",
    "cùng chủ đề",
    "cùng tác giả",
    "cùng sự kiện",
    "đọc nhiều",
    "xem nhiều",
    "nhiều nhất",
    "tin khác",
    "tin mới",
    "bài mới",
    "mới nhất",
    "bài khác",
    "tin tức khác",
    "bài viết khác",
    "tin nổi bật",
    "bài nổi bật",
    "đáng chú ý",
    "bạn có thể",
    "có thể bạn",
    "đề xuất",
    "gợi ý",
    "dành cho bạn",
    "đừng bỏ lỡ",
    "nên bỏ lỡ",
    "mới cập nhật",
    "nên đọc",
    "tin hot",
    "tin nóng",
    "tin trong ngày",
    "tiêu điểm",
    "chọn lọc",
    "read more",
    "related",
    "most read",
    "latest news",
    "see more",
    "see also",
    "you may also like",
];

/// Openings of a line that leads to another article: `Xem thêm: …`.
const RELATED_OPENINGS: &[&str] = &[
    "xem thêm",
    "đọc thêm",
    "đọc tiếp",
    "xem tiếp",
    "tin liên quan",
    "bài liên quan",
    "tin bài liên quan",
    "bài viết liên quan",
    "bài đọc thêm",
    "mời đọc thêm",
    "mời xem thêm",
    "mời bạn đọc thêm",
    "mời bạn xem thêm",
    "mời quý vị xem thêm",
    "mời độc giả xem thêm",
    "mời độc giả đọc thêm",
    "có thể bạn quan tâm",
    "bạn có thể quan tâm",
    "read more",
    "see also",
];

/// Words that buttons, menus and forms are made of.
const PAGE_WORDS: &str = "chia sẻ bình luận gửi ý kiến in bài viết này lưu facebook zalo twitter email mail copy link thích \
    trả lời theo dõi đăng nhập ký nhận tin trở lại trang chủ liên hệ quảng cáo tòa toà soạn rss like share tweet \
    google news youtube tiktok instagram messenger telegram viber linkedin pinterest x fb bạn chúng tôi trên của để \
    cỡ chữ nghe đọc giọng nam nữ miền bắc trung lên đầu đóng mở menu tìm kiếm nâng cao home video ảnh audio podcast \
    infographic megastory emagazine magazine longform thời sự chính trị thế giới kinh doanh tế bất động sản xã hội \
    pháp luật giáo dục sức khỏe khoẻ văn hóa hoá giải trí thể thao du lịch đời sống khoa học công nghệ xe số hóa \
    media multimedia tâm sự hài chứng khoán tài chính quốc phòng an ninh góc nhìn \
    phản hồi báo lỗi sửa sao chép vào được xem người hay nhất mới cũ hủy huỷ tên họ nội dung mật khẩu tài khoản \
    đánh giá sao điểm lượt tải ứng dụng app ios android store play dark light advertisement ads sponsored tài trợ \
    cài đặt thông tin điều khoản sử dụng chính sách bảo mật giới thiệu sơ đồ site sitemap hotline \
    english français русский 中文 日本語 한국어 español tiếng việt anh pháp nga trung nhật hàn lào khmer deutsch \
    thành công liên kết thêm bộ sưu tập yêu tặng quà chọn tất cả bỏ qua tiếp tục hiển thị thu gọn đầy đủ 0 1 2 3 4 5 6 7 8 9 \
    print comment comments save follow login register sign up subscribe newsletter back to top";

/// Pairs of words of which a line of buttons has at least one.
const PAGE_CORES: &[&str] = &[
    "chia sẻ",
    "bình luận",
    "gửi ý kiến",
    "ý kiến của bạn",
    "in bài",
    "in trang",
    "gửi bài",
    "trả lời",
    "xem thêm bình luận",
    "lưu bài",
    "bài này",
    "facebook",
    "zalo",
    "twitter",
    "copy link",
    "sao chép",
    "theo dõi",
    "đăng nhập",
    "đăng ký",
    "nhận tin",
    "trở lại",
    "trang chủ",
    "quảng cáo",
    "tòa soạn",
    "toà soạn",
    "rss",
    "google news",
    "nghe đọc",
    "giọng",
    "cỡ chữ",
    "lên đầu trang",
    "tìm kiếm",
    "đánh giá",
    "phản hồi",
    "báo lỗi",
    "tải ứng dụng",
    "điều khoản",
    "chính sách bảo mật",
    "tài trợ",
    "sitemap",
    "english",
    "中文",
    "hiển thị",
    "thu gọn",
    "tặng sao",
    "print",
    "share",
    "comment",
    "comments",
    "advertisement",
    "newsletter",
    "subscribe",
    "email",
    "hotline",
    "thời sự thế giới",
    "kinh doanh giải trí",
    "thể thao giải trí",
];

/// Openings of a line of the imprint: who publishes, by what licence, where.
const IMPRINT_OPENINGS: &[&str] = &[
    "copyright",
    "bản quyền thuộc",
    "bản quyền của",
    "all rights reserved",
    "giữ bản quyền",
    "giấy phép",
    "gpxb",
    "gp số",
    "tổng biên tập",
    "phó tổng biên tập",
    "phụ trách tòa soạn",
    "tòa soạn",
    "toà soạn",
    "trụ sở tòa soạn",
    "trụ sở toà soạn",
    "cơ quan chủ quản",
    "cơ quan của",
    "không sao chép",
    "cấm sao chép",
    "ghi rõ nguồn",
    "chỉ được phát hành lại",
    "liên hệ quảng cáo",
    "quảng cáo",
    "đường dây nóng",
    "đặt báo",
    "phát triển bởi",
    "thiết kế bởi",
    "powered by",
    "báo điện tử",
    "chịu trách nhiệm",
    "đơn vị chủ quản",
];

/// Openings of imprint lines that occur in articles too.
const CONTACT_OPENINGS: &[&str] =
    &["địa chỉ", "điện thoại", "đt", "tel", "fax", "hotline", "email", "website", "văn phòng"];

/// Phrases that mark a line of the imprint wherever they stand.
const IMPRINT_PHRASES: &[&str] = &[
    "all rights reserved",
    "giữ bản quyền",
    "bản quyền thuộc",
    "ghi rõ nguồn",
    "đồng ý bằng văn bản",
    "giấy phép số",
    "giấy phép hoạt động",
    "phát hành lại thông tin",
    "theo dõi chúng tôi",
    "trên google news",
    "đăng ký nhận bản tin",
    "đăng ký nhận tin",
    "vui lòng đăng nhập",
    "vui lòng nhập",
    "ý kiến của bạn sẽ được",
    "gửi bình luận",
    "bình luận của bạn",
    "chưa có bình luận",
    "hãy là người đầu tiên",
    "tải ứng dụng",
    "báo mất phí",
    "mọi ý kiến xin gửi",
    "mời bạn đọc gửi",
    "không sao chép dưới mọi hình thức",
    "vui lòng không sao chép",
];

/// Openings of lines with keywords.
const TAG_OPENINGS: &[&str] = &[
    "từ khóa",
    "từ khoá",
    "tags",
    "tag",
    "thẻ",
    "chủ đề",
    "keywords",
    "keyword",
    "từ khóa bài viết",
];

/// Openings of lines that name who wrote, compiled or translated.
const AUTHOR_OPENINGS: &[&str] = &[
    "tác giả",
    "bài và ảnh",
    "bài ảnh",
    "tin và ảnh",
    "tin ảnh",
    "tin bài",
    "bài viết",
    "bài",
    "tin",
    "ảnh và bài",
    "thực hiện",
    "nhóm phóng viên",
    "nhóm pv",
    "phóng viên",
    "pv",
    "ctv",
    "biên dịch",
    "người dịch",
    "lược dịch",
    "dịch giả",
    "biên tập",
    "biên soạn",
    "nội dung",
    "trình bày",
    "thiết kế",
    "đồ họa",
    "đồ hoạ",
    "kỹ thuật",
    "by",
];

/// Whole lines (or the end of a line after a name) that say how it was made.
const AUTHOR_NOTES: &[&str] = &[
    "tổng hợp",
    "t h",
    "th",
    "lược dịch",
    "biên dịch",
    "dịch",
    "biên soạn",
    "sưu tầm",
    "thực hiện",
    "ghi",
    "pv",
    "bt",
    "nhóm pv",
    "nhóm phóng viên",
    "ctv",
];

/// Openings of lines that name the source.
const SOURCE_OPENINGS: &[&str] =
    &["nguồn", "nguồn tin", "dẫn nguồn", "theo", "link bài gốc", "link gốc", "source"];

/// What a bracket says of where somebody stands in a picture.
const PICTURE_PLACES: &[&str] = &[
    "trái)",
    "phải)",
    "giữa)",
    "bên trái",
    "bên phải",
    "ngoài cùng",
    "bìa trái",
    "bìa phải",
    "thứ hai từ",
    "thứ nhất từ",
    "thứ ba từ",
    "thứ tư từ",
    "ở giữa)",
    "đứng giữa",
    "ngồi giữa",
    "áo trắng",
    "áo đen",
    "áo đỏ",
    "áo xanh",
    "hàng đầu,",
    "hàng trước",
];

/// Openings of captions that point into their picture.
const PICTURE_OPENINGS: &[&str] = &[
    "trong ảnh",
    "ảnh trên",
    "ảnh dưới",
    "ảnh trái",
    "ảnh phải",
    "từ trái qua",
    "từ trái sang",
    "từ phải qua",
    "từ phải sang",
];

/// Words of the calendar and the clock, and of what was done then.
const CALENDAR_WORDS: &str = "thứ hai ba tư năm sáu bảy bẩy chủ nhật cn t2 t3 t4 t5 t6 t7 ngày tháng năm lúc giờ phút giây h \
    sáng trưa chiều tối đêm sa ch am pm gmt utc cập nhật đăng tải xuất bản vào phát hành hôm nay qua trước lần cuối mới nhất \
    last updated update published posted at on date monday tuesday wednesday thursday friday saturday sunday mon tue \
    wed thu fri sat sun january february march april may june july august september october november december jan feb \
    mar apr jun jul aug sep oct nov dec ago hours minutes days thời gian";

/// Words that headings of the readers' comments are made of.
const COMMENT_WORDS: &str = "bình luận ý kiến của bạn đọc độc giả về bài viết này mới nhất quan tâm comments comment phản hồi";

/// Openings of the headings of the readers' comments.
const COMMENT_OPENINGS: &[&str] = &[
    "bình luận",
    "ý kiến bạn đọc",
    "ý kiến độc giả",
    "ý kiến",
    "bạn đọc bình luận",
    "comments",
    "comment",
    "phản hồi",
];

/// What a line's key opens like, as bits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Opening(u16);

static OPENINGS: LazyLock<FxHashMap<&'static str, Vec<(&'static str, u16)>>> =
    LazyLock::new(|| {
        let mut out: FxHashMap<&'static str, Vec<(&'static str, u16)>> = FxHashMap::default();
        for (openings, bit) in [
            (RELATED_OPENINGS, Opening::RELATED),
            (IMPRINT_OPENINGS, Opening::IMPRINT),
            (CONTACT_OPENINGS, Opening::CONTACT),
            (TAG_OPENINGS, Opening::TAGS),
            (AUTHOR_OPENINGS, Opening::AUTHOR),
            (SOURCE_OPENINGS, Opening::SOURCE),
            (PICTURE_OPENINGS, Opening::PICTURE),
            (COMMENT_OPENINGS, Opening::COMMENTS),
            (RELATED_CORES, Opening::RELATED_CORE),
            (PAGE_CORES, Opening::PAGE_CORE),
            (IMPRINT_PHRASES, Opening::IMPRINT_PHRASE),
        ] {
            for &opening in openings {
                out.entry(first_word(opening)).or_default().push((opening, bit));
            }
        }
        out
    });

fn first_word(key: &str) -> &str {
    &key[..memchr::memchr(b' ', key.as_bytes()).unwrap_or(key.len())]
}

impl Opening {
    const RELATED: u16 = 1;
    const IMPRINT: u16 = 2;
    const CONTACT: u16 = 4;
    const TAGS: u16 = 8;
    const AUTHOR: u16 = 16;
    const SOURCE: u16 = 32;
    const PICTURE: u16 = 64;
    const COMMENTS: u16 = 128;
    const RELATED_CORE: u16 = 256;
    const PAGE_CORE: u16 = 512;
    const IMPRINT_PHRASE: u16 = 1024;

    /// Looks up the opening of a line's key.
    pub(super) fn of(key: &str) -> Self {
        Self::after_word(first_word(key), key)
    }

    /// Looks up the opening of a key of which the first word is known.
    fn after_word(word: &str, key: &str) -> Self {
        let mut bits = 0;
        for &(opening, bit) in OPENINGS.get(word).into_iter().flatten() {
            let rest = key.strip_prefix(opening);
            if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')) {
                bits |= bit;
            }
        }
        Self(bits)
    }

    /// Whether the line opens like a link to another article.
    pub(super) const fn is_related(self) -> bool {
        self.0 & Self::RELATED != 0
    }

    /// Whether the line opens like one of the imprint.
    pub(super) const fn is_imprint(self) -> bool {
        self.0 & Self::IMPRINT != 0
    }

    /// Whether the line gives an address or a telephone number.
    pub(super) const fn is_contact(self) -> bool {
        self.0 & Self::CONTACT != 0
    }

    /// Whether the line opens a list of keywords.
    pub(super) const fn is_tags(self) -> bool {
        self.0 & Self::TAGS != 0
    }

    /// Whether the line opens by naming the author's part.
    pub(super) const fn is_author(self) -> bool {
        self.0 & Self::AUTHOR != 0
    }

    /// Whether the line opens by naming the source.
    pub(super) const fn is_source(self) -> bool {
        self.0 & Self::SOURCE != 0
    }

    /// Whether the line opens by pointing into a picture.
    pub(super) const fn is_picture(self) -> bool {
        self.0 & Self::PICTURE != 0
    }

    /// Whether the line opens the readers' comments: `Bình luận (12)`.
    pub(super) fn is_comments(self, key: &str) -> bool {
        self.0 & Self::COMMENTS != 0 && key.len() <= 60 && made_of(key, COMMENT)
    }
}

/// What a line's key opens with or holds anywhere, as bits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Phrases {
    pub(super) opening: Opening,
    held: u16,
}

impl Phrases {
    /// Looks up the phrases of a line's key.
    pub(super) fn of(key: &str) -> Self {
        let spaces = memchr::memchr_iter(b' ', key.as_bytes());
        let mut start = 0;
        let (mut opening, mut held) = (None, 0);
        for end in spaces.chain([key.len()]) {
            let here = Opening::after_word(&key[start..end], &key[start..]);
            opening.get_or_insert(here);
            held |= here.0;
            start = end + 1;
        }
        Self { opening: opening.unwrap_or_default(), held }
    }

    const fn holds(self, bit: u16) -> bool {
        self.held & bit != 0
    }

    /// Whether the line has a phrase that only the imprint has.
    pub(super) const fn hold_imprint(self) -> bool {
        self.holds(Opening::IMPRINT_PHRASE)
    }

    /// Whether the line is the heading of a list of other articles.
    pub(super) fn are_related_heading(self, key: &str) -> bool {
        self.holds(Opening::RELATED_CORE) && key.len() <= 90 && made_of(key, RELATED)
    }

    /// Whether the line is made of the words of buttons and menus.
    pub(super) fn are_page_line(self, key: &str) -> bool {
        const BUTTONS: &[&str] = &[
            "lưu", "in", "gửi", "thích", "đóng", "hủy", "huỷ", "menu", "rss", "share", "like",
            "tweet",
        ];
        BUTTONS.contains(&key)
            || self.holds(Opening::PAGE_CORE) && key.len() <= 200 && made_of(key, PAGE)
    }
}

/// The vocabularies that a word belongs to, as bits.
static VOCABULARIES: LazyLock<FxHashMap<&'static str, u8>> = LazyLock::new(|| {
    let mut out: FxHashMap<&'static str, u8> = FxHashMap::default();
    for (words, bit) in [
        (RELATED_WORDS, RELATED),
        (PAGE_WORDS, PAGE),
        (COMMENT_WORDS, COMMENT),
        (CALENDAR_WORDS, CALENDAR),
    ] {
        for word in words.split_ascii_whitespace() {
            *out.entry(word).or_insert(0) |= bit;
        }
    }
    out
});
const RELATED: u8 = 1;
const PAGE: u8 = 2;
const COMMENT: u8 = 4;
const CALENDAR: u8 = 8;

fn belongs(word: &str, vocabulary: u8) -> bool {
    VOCABULARIES.get(word).is_some_and(|bits| bits & vocabulary != 0)
}

fn made_of(key: &str, vocabulary: u8) -> bool {
    key.split(' ').all(|word| belongs(word, vocabulary) || word.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a word is of the calendar or the clock.
/// Whether a line is the heading of a list of other articles.
#[cfg_attr(not(feature = "html"), allow(dead_code, reason = "only HTML has elements"))]
pub(super) fn is_related_heading(line: &str) -> bool {
    let key = super::fold::key_of(line);
    Phrases::of(&key).are_related_heading(&key)
}

pub(super) fn is_calendar_word(word: &str) -> bool {
    belongs(word, CALENDAR)
}

/// Whether a key is a note on how the text was made: `(Tổng hợp)`.
pub(super) fn is_author_note(key: &str) -> bool {
    AUTHOR_NOTES.contains(&key)
}

/// Whether a bracket in a line says where somebody stands in a picture.
pub(super) fn has_place_in_picture(line: &str) -> bool {
    memchr::memchr_iter(b'(', line.as_bytes())
        .any(|at| PICTURE_PLACES.iter().any(|place| line[at + 1..].starts_with(place)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_related_lists_in_many_wordings() {
        for key in [
            "có thể bạn quan tâm",
            "tin liên quan",
            "xem thêm",
            "xem thêm tin",
            "đọc thêm",
            "tin cùng chuyên mục",
            "tin bài khác cùng chuyên mục",
            "các bài viết liên quan",
            "bài đọc nhiều nhất",
            "đừng bỏ lỡ",
            "tin nổi bật trong ngày",
        ] {
            assert!(Phrases::of(key).are_related_heading(key), "{key}");
        }
        for key in [
            "mối quan tâm của người dân",
            "xem thêm phim ở rạp",
            "người liên quan khai gì",
            "tin vui",
        ] {
            assert!(!Phrases::of(key).are_related_heading(key), "{key}");
        }
    }

    #[test]
    fn phrases_are_whole_words() {
        assert!(Phrases::of("mọi ý kiến xin gửi về").hold_imprint());
        assert!(!Phrases::of("mọi ý kiến xin gửim về").hold_imprint());
        assert!(Opening::of("đt 0903").is_contact() && !Opening::of("đta 0903").is_contact());
    }

    #[test]
    fn lines_of_buttons() {
        for key in
            ["chia sẻ", "bình luận 12", "chia sẻ facebook zalo", "english 中文", "trở lại thế giới"]
        {
            assert!(Phrases::of(key).are_page_line(key), "{key}");
        }
        for key in ["chia sẻ khó khăn với đồng bào", "đăng ký kết hôn", "thế giới"]
        {
            assert!(!Phrases::of(key).are_page_line(key), "{key}");
        }
    }
}
