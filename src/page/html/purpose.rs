//! Whether a page is none of an article: an error, the results of a search, a form that asks who the
//! reader is.

use dom_query::Document;

use crate::page::line::tidy;
use crate::page::{Warning, phrase, word_hash};

/// Words of running text that pages of errors and forms do not have.
const ARTICLE: usize = 80;

/// Words of running text that pages which ask who the reader is do not have beside their title.
const FORM: usize = 30;

/// What a page says of its purpose.
#[derive(Debug, Default, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "independent findings about one page")]
pub(super) struct Purpose {
    says_error: bool,
    says_login: bool,
    says_search: bool,
    asks_password: bool,
}

impl Purpose {
    /// Reads the titles and the fields of a document, as long as it has its forms.
    pub(super) fn of(document: &Document) -> Self {
        let second = if document.select("h1").exists() { "title, h1" } else { "title, h2" };
        let titles = document.select(second);
        let mut out = Self::default();
        for node in titles.nodes().iter().take(4) {
            let key = word_hash::normalized_of(&tidy(&node.text()));
            out.says_error |= phrase::is_error_title(&key);
            out.says_search |= phrase::is_search_title(&key);
            out.says_login |= phrase::is_login_title(&key);
        }
        out.asks_password = document.select("input[type='password']").exists();
        out
    }

    /// What is to be said of a page whose content has so many words of running text.
    pub(super) fn warning(self, words: usize) -> Option<Warning> {
        if words >= ARTICLE {
            None
        } else if self.says_error {
            Some(Warning::ErrorPage)
        } else if self.says_search {
            Some(Warning::ListPage)
        } else if self.asks_password || self.says_login && words < FORM {
            Some(Warning::LoginPage)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warning(page: &str, words: usize) -> Option<Warning> {
        Purpose::of(&Document::from(page)).warning(words)
    }

    #[test]
    fn errors_and_forms_are_told_from_articles() {
        for title in [
            "404 Not Found",
            "Lỗi 404 - Báo Sông Đà",
            "Trang bạn tìm không tồn tại",
            "Access Denied",
        ] {
            let page = format!("<title>{title}</title><p>Mời bạn quay lại trang chủ.</p>");
            assert_eq!(warning(&page, 0), Some(Warning::ErrorPage), "{title}");
            assert_eq!(warning(&page, 300), None, "{title}");
        }
        let form = "<h1>Chào bạn</h1><form><input name='u'><input type='password'></form>";
        assert_eq!(warning(form, 20), Some(Warning::LoginPage));
        assert_eq!(warning(form, 200), None);
        assert_eq!(
            warning("<title>Đăng nhập</title><p>Tiếp tục với số điện thoại.</p>", 0),
            Some(Warning::LoginPage)
        );
        for title in [
            "Không tìm thấy tung tích hai ngư dân sau bốn ngày",
            "Vì sao lỗi 404 trở thành trò đùa của dân mạng",
        ] {
            assert_eq!(warning(&format!("<title>{title}</title>"), 40), None, "{title}");
        }
    }
}
