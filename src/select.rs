//! Selection: which of the ranked sentences make the summary.
//!
//! | module | what it holds |
//! |---|---|
//! | [`budget`] | how long the summary may be |
//! | [`dependence`] | sentences that do not stand alone |
//! | [`mmr`] | choosing sentences that do not say the same |
//! | [`query`] | what a reader asks for, and what a reader knows |

pub mod budget;
pub mod dependence;
pub mod mmr;
pub mod query;

pub use budget::{Budget, BudgetError, Length, ParseBudgetError};
pub use mmr::Mmr;
