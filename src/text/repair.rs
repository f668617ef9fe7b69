//! Finding what is wrong with a text, and fixing it on request.
//!
//! | module | what it holds |
//! |---|---|
//! | [`check`] | the text doctor: problems, where they are, the fix of each |
//! | [`normalize`] | the fixes |
//! | [`markup`] | the text of an HTML source, apart from its markup |
//! | [`damage`] | what must be fixed before anything else |
//! | [`fault`] | what makes a whole text unfit to be read |
//! | [`alignment`] | where each place of a changed text was before |

pub mod alignment;
pub mod check;
pub mod damage;
pub mod fault;
pub mod markup;
pub mod normalize;
