//! Selection: which of the ranked sentences make the summary.
//!
//! | module | what it holds |
//! |---|---|
//! | `budget` | how long the summary may be |
//! | `dangling` | sentences that do not stand alone |
//! | `builder` | a summary that grows sentence by sentence |
//! | `coverage` | how much of what matters a summary holds |
//! | `lazy_greedy` | greedy choice under a budget |
//! | `mmr` | choosing sentences that do not say the same |
//! | `passed_over` | why a candidate is not in a summary |
//! | `persons` | persons whom a sentence takes for known |
//! | `query` | what a reader asks for, and what a reader knows |

pub(crate) mod budget;
pub(crate) mod builder;
pub(crate) mod coverage;
pub(crate) mod dangling;
pub(crate) mod lazy_greedy;
pub(crate) mod mmr;
pub(crate) mod passed_over;
pub(crate) mod persons;
pub(crate) mod query;

pub use budget::{Budget, BudgetError, Length, ParseBudgetError};
pub use dangling::{dangling, is_dangling};
pub use mmr::Mmr;
pub use passed_over::PassedOver;
pub use query::{Query, ReadHistory};
