//! How far the words of a block are from the words of the article.

use super::fold::for_each_word;

/// Words of grammar and of every kind of news; they tell nothing of a subject.
const COMMON: &str = "và là trong có của với được các cho đã đó tại về đến để công theo hiện từ một trên khi không người vào \
    này ra đồng nhiều ngày số đầu những ở việc quan thể thời năm cũng định động điều sự sau chính như cơ hợp gia trước phát \
    thành tiếp bộ nhất làm nhân lại thông nhà chỉ sẽ đối qua do bị nhận thực hành hơn biết cao cùng đây nước liên đang chức \
    còn phải mới tục khác nhưng lên gian nay tới ông bà anh chị họ tôi theo thì mà rằng nên vì nếu hay hoặc rất cả mỗi mọi \
    sáng chiều tối trưa giờ tháng tuy nhiên vẫn từng nơi lúc đều đi đưa bởi giữa ngoài dưới bên đang chưa hai ba thêm";

const BITS: usize = 1 << 14;

/// The words of the beginning of an article, as a set of hash bits.
///
/// The set has a fixed size, so its cost does not grow with the page. With the
/// few hundred words it takes in, one word in fifty is taken for another.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    bits: Vec<u64>,
    common: Vec<u64>,
    words: u32,
}

impl Reference {
    pub(super) fn new() -> Self {
        let mut common = vec![0; BITS / 64];
        for_each_word(COMMON, |hash| set(&mut common, hash));
        Self { bits: vec![0; BITS / 64], common, words: 0 }
    }

    /// Takes the words of a block of the article in.
    pub(super) fn add(&mut self, block: &str) {
        for_each_word(block, |hash| {
            self.words += 1;
            set(&mut self.bits, hash);
        });
    }

    pub(super) fn words(&self) -> u32 {
        self.words
    }

    /// How much a block's words speak for another subject: above 0 far, below
    /// 0 near, at most 1.5 either way.
    ///
    /// The share of a block's own words that the article's beginning has grows
    /// with the root of the beginning's length: counted on news, paragraphs of
    /// the same and of other articles part at 0.0122 times the root.
    pub(super) fn distance(&self, block: &str) -> f32 {
        let (mut total, mut known) = (0_u32, 0_u32);
        for_each_word(block, |hash| {
            if !get(&self.common, hash) {
                total += 1;
                known += u32::from(get(&self.bits, hash));
            }
        });
        if self.words < 50 || total < 4 {
            return 0.0;
        }
        let share = known as f32 / total as f32;
        let parting = 0.0122 * (self.words.min(1200) as f32).sqrt();
        let trust = (total as f32 / 12.0).min(1.0);
        ((parting - share) * 10.0).clamp(-1.5, 1.5) * trust
    }
}

fn place(hash: u64) -> (usize, u64) {
    let bit = (hash ^ hash >> 29) as usize & (BITS - 1);
    (bit / 64, 1 << (bit % 64))
}

fn set(bits: &mut [u64], hash: u64) {
    let (word, mask) = place(hash);
    bits[word] |= mask;
}

fn get(bits: &[u64], hash: u64) -> bool {
    let (word, mask) = place(hash);
    bits[word] & mask != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_subject_is_far() {
        let mut reference = Reference::new();
        let article = "Mực nước sông Hồng tại Hà Nội dâng cao sau khi các hồ thủy điện Hòa Bình và Sơn La xả lũ. \
            Ban chỉ huy phòng chống thiên tai yêu cầu các địa phương ven sông sơ tán người dân ở vùng trũng, \
            kiểm tra đê điều và chuẩn bị phương tiện ứng cứu. Nhiều bãi giữa sông đã ngập sâu, hoa màu hư hại.";
        reference.add(article);
        let near =
            "Đến chiều nay, lũ trên sông Hồng đang xuống chậm, các hồ thủy điện đóng bớt cửa xả.";
        let far = "Đội tuyển bóng đá nữ giành quyền vào chung kết giải vô địch châu lục sau loạt sút luân lưu.";
        assert!(reference.distance(near) < -0.5);
        assert!(reference.distance(far) > 0.5);
    }

    #[test]
    fn a_short_article_says_nothing() {
        let mut reference = Reference::new();
        reference.add("Mực nước sông Hồng dâng cao.");
        assert!(
            reference.distance("Đội tuyển bóng đá nữ giành quyền vào chung kết.").abs()
                < f32::EPSILON
        );
    }
}
