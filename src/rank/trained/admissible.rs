//! Which sets of a pool a summary may be: quotations complete, and nothing told twice.

use super::ScoredArticle;
use super::subsets::coverage_by_set;
use crate::rank::RankContext;

/// Sentences repeat each other if they share this part of the pairs of the shorter one: a lead that
/// the body tells again with more words.
const REPEATED: f32 = 0.5;

/// The sets of a pool that a summary may be. A set has a bit for each place of the pool.
#[derive(Debug)]
pub(super) struct AdmissibleSets {
    quotations: Vec<Quotation>,
    /// Two members each that repeat each other.
    repetitions: Vec<u8>,
}

/// A quotation of more than one sentence.
#[derive(Clone, Copy, Debug)]
struct Quotation {
    /// Its members in the pool.
    members: u8,
    /// All of its sentences are in the pool.
    is_complete: bool,
}

impl Quotation {
    /// Returns true if the set holds all of the quotation or none.
    const fn allows(self, set: u8) -> bool {
        set & self.members == 0 || self.is_complete && set & self.members == self.members
    }
}

impl AdmissibleSets {
    /// Looks at a pool, whose candidates are in document order.
    pub(super) fn new(
        scored: &ScoredArticle<'_>,
        context: &RankContext<'_>,
        pool: &[usize],
    ) -> Self {
        Self { quotations: quotations(context, pool), repetitions: repetitions(scored, pool) }
    }

    /// Returns true if a summary may be this set.
    pub(super) fn contain(&self, set: u8) -> bool {
        self.quotations.iter().all(|quotation| quotation.allows(set))
            && self.repetitions.iter().all(|&both| set & both != both)
    }
}

fn quotations(context: &RankContext<'_>, pool: &[usize]) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut place = 0;
    while let Some(&candidate) = pool.get(place) {
        let Some(quotation) = context.quotation(candidate) else {
            place += 1;
            continue;
        };
        let end = pool.partition_point(|&c| c < quotation.end);
        let members = (place..end).fold(0, |set, place| set | 1 << place);
        found.push(Quotation { members, is_complete: end - place == quotation.len() });
        place = end;
    }
    found
}

/// Returns true if two candidates repeat each other.
pub(super) fn repeat_each_other(scored: &ScoredArticle<'_>, a: usize, b: usize) -> bool {
    !repetitions(scored, &[a, b]).is_empty()
}

fn repetitions(scored: &ScoredArticle<'_>, pool: &[usize]) -> Vec<u8> {
    let ngrams = &scored.scratch.ngrams;
    let count = ngrams.pairs.list().len();
    // How many distinct pairs each set has.
    let pairs = coverage_by_set(pool, count, |c| ngrams.distinct_pairs(c), |_| 1.0);
    let mut found = Vec::new();
    for later in (0..pool.len()).map(|place| 1usize << place) {
        for earlier in (0..pool.len()).map(|place| 1 << place).take_while(|&set| set < later) {
            let both = later | earlier;
            let shared = pairs[later] + pairs[earlier] - pairs[both];
            if shared > 0.0 && shared >= REPEATED * pairs[later].min(pairs[earlier]) {
                found.push(both as u8);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;

    fn admissible(text: &str, sets: &[u8]) -> Vec<bool> {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze(text);
        let context = RankContext::new(&document, analyzer.background(), analyzer.stop_words());
        let models = analyzer.models();
        let scored = ScoredArticle::new(models.ranker().expect("built in"), &context);
        let pool: Vec<usize> = (0..context.len()).collect();
        let admissible = AdmissibleSets::new(&scored, &context, &pool);
        sets.iter().map(|&set| admissible.contain(set)).collect()
    }

    #[test]
    fn a_quotation_is_taken_whole() {
        let text = "Bà Sáu kể: “Nước lên nhanh lắm trong đêm hôm ấy. Cả nhà phải trèo lên mái tôn ngồi \
                    chờ.” Sáng hôm sau, bộ đội đưa xuồng đến đón gia đình bà vào trường học đầu làng. \
                    Đến trưa, hơn ba trăm hộ dân của xã đã được đưa đến nơi an toàn.";
        let found = admissible(text, &[0b0001, 0b0010, 0b0011, 0b0100, 0b0110, 0b1111]);
        assert_eq!(found, [false, false, true, true, false, true]);
    }

    #[test]
    fn nothing_is_told_twice() {
        let text = "Cầu Cỏ May bắc qua kênh Xáng thông xe sáng nay.\n\nSáng nay, cầu Cỏ May bắc qua \
                    kênh Xáng thông xe sau ba năm xây dựng với nhiều lần dừng thi công.\n\nXe tải dưới \
                    tám tấn được qua cầu từ năm giờ sáng đến mười giờ đêm mỗi ngày trong tuần.\n";
        assert_eq!(
            admissible(text, &[0b001, 0b010, 0b011, 0b101, 0b110]),
            [true, true, false, true, true]
        );
    }
}
