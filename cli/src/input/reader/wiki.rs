//! Pages of the XML dump of a wiki.

mod wikitext;

use std::io::{self, BufReader};

use quick_xml::Reader as XmlReader;
use quick_xml::events::Event;

use super::super::source::{Meter, Metered, too_long};
use super::super::{Problem, Reader};
use crate::input::{Article, Item};

/// The articles of a dump: pages of the main namespace that lead to no other page.
///
/// The format is <https://www.mediawiki.org/xml/export-0.11.xsd>.
pub(super) struct Pages {
    name: String,
    xml: XmlReader<BufReader<Metered>>,
    buffer: Vec<u8>,
    meter: Meter,
    longest: u64,
    /// Names of the elements that are open.
    path: Vec<Element>,
    page: Page,
    ended: bool,
}

/// Elements of a dump that hold something that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    Page,
    Title,
    Namespace,
    Id,
    Revision,
    Text,
    Other,
}

impl Element {
    fn of(name: &str) -> Self {
        match name {
            "page" => Self::Page,
            "title" => Self::Title,
            "ns" => Self::Namespace,
            "id" => Self::Id,
            "revision" => Self::Revision,
            "text" => Self::Text,
            _ => Self::Other,
        }
    }
}

/// A page as far as it was read.
#[derive(Default)]
struct Page {
    title: String,
    namespace: String,
    id: String,
    text: String,
    is_redirect: bool,
}

impl Pages {
    pub(super) fn new(name: String, reader: Reader, longest: u64) -> Self {
        let meter = Meter::new(longest);
        let xml = XmlReader::from_reader(BufReader::with_capacity(1 << 16, meter.on(reader)));
        let page = Page::default();
        Self { name, xml, buffer: Vec::new(), meter, longest, path: Vec::new(), page, ended: false }
    }

    /// Adds text to the part of the page that is open.
    fn add(&mut self, text: &str) {
        let page = &mut self.page;
        let part = match self.path.as_slice() {
            [.., Element::Page, Element::Title] => &mut page.title,
            [.., Element::Page, Element::Namespace] => &mut page.namespace,
            [.., Element::Page, Element::Id] => &mut page.id,
            [.., Element::Revision, Element::Text] => &mut page.text,
            _ => return,
        };
        part.push_str(text);
    }

    /// Closes an element; gives the article if that was its page.
    fn end_element(&mut self) -> Option<Item> {
        self.path.pop().filter(|element| *element == Element::Page)?;
        self.end_page()
    }

    /// The article of the page that ends here.
    fn end_page(&mut self) -> Option<Item> {
        self.meter.reset();
        let page = std::mem::take(&mut self.page);
        let is_article = matches!(page.namespace.trim(), "" | "0") && !page.is_redirect;
        if !is_article {
            return None;
        }
        let article = Article {
            id: page.id.trim().to_owned(),
            title: Some(page.title.trim().to_owned()).filter(|title| !title.is_empty()),
            text: wikitext::plain(&page.text),
            ..Article::default()
        };
        let place = format!("{}, page {}", self.name, article.id);
        Some(Item::Article { place, article: Box::new(article) })
    }

    fn read(&mut self) -> Result<Option<Item>, quick_xml::Error> {
        loop {
            let mut buffer = std::mem::take(&mut self.buffer);
            buffer.clear();
            let mut item = None;
            match self.xml.read_event_into(&mut buffer)? {
                Event::Start(tag) => self.path.push(Element::of(tag.local_name().as_ref())),
                Event::Empty(tag) => {
                    self.page.is_redirect |= tag.local_name().as_ref() == "redirect";
                }
                Event::Text(text) => self.add(&text),
                Event::CData(text) => self.add(&text),
                Event::GeneralRef(reference) => {
                    if let Some(c) = reference.resolve_char_ref()? {
                        self.add(c.encode_utf8(&mut [0; 4]));
                    } else {
                        self.add(match &*reference {
                            "amp" => "&",
                            "lt" => "<",
                            "gt" => ">",
                            "quot" => "\"",
                            "apos" => "'",
                            _ => "",
                        });
                    }
                }
                Event::End(_) => item = self.end_element(),
                Event::Eof if self.path.is_empty() => return Ok(None),
                Event::Eof => {
                    return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
                }
                _ => {}
            }
            self.buffer = buffer;
            if item.is_some() {
                return Ok(item);
            }
        }
    }
}

impl Iterator for Pages {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.ended {
            return None;
        }
        self.read().unwrap_or_else(|error| {
            self.ended = true;
            let place = format!("{}, byte {}", self.name, self.xml.buffer_position());
            Some(Item::Broken(match error {
                quick_xml::Error::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                    too_long(place, "a page", self.longest)
                }
                quick_xml::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                    Problem::new(place, "ends too early: the file is cut off")
                }
                // A tag, a comment or a value that nothing closes before the end.
                quick_xml::Error::Syntax(_) => {
                    Problem::new(place, "ends too early: the file is cut off")
                }
                error => Problem::new(place, format!("not the XML of a dump: {error}")),
            }))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn articles_are_taken_and_redirects_left() {
        let dump = "<mediawiki><siteinfo><namespaces><namespace key=\"0\"/></namespaces></siteinfo>\
            <page><title>Chợ &amp; phố</title><ns>0</ns><id>7</id><revision><id>99</id>\
            <text xml:space=\"preserve\">'''Chợ''' họp &lt;b&gt;sớm&lt;/b&gt;.</text></revision></page>\
            <page><title>Cho</title><ns>0</ns><id>8</id><redirect title=\"Chợ\"/><revision>\
            <text>#ĐỔI</text></revision></page>\
            <page><title>Thảo luận:Chợ</title><ns>1</ns><id>9</id><revision><text>x</text></revision></page>\
            </mediawiki>";
        let found: Vec<(String, Option<String>, String)> =
            Pages::new("x".into(), Box::new(Cursor::new(dump)), 10_000)
                .map(|item| match item {
                    Item::Article { article, .. } => (article.id, article.title, article.text),
                    other => panic!("{other:?}"),
                })
                .collect();
        assert_eq!(
            found,
            [("7".to_owned(), Some("Chợ & phố".to_owned()), "Chợ họp sớm.".to_owned())]
        );
    }

    #[test]
    fn a_dump_that_is_cut_off_says_so() {
        let page = |id: u32| {
            format!(
                "<page><title>Chợ</title><ns>0</ns><id>{id}</id><revision><text>Chợ họp \
                 sớm.</text></revision></page>"
            )
        };
        let dump = format!("<mediawiki>{}{}</mediawiki>", page(1), page(2));
        for end in [dump.len() - 5, dump.len() - 12, dump.find("<id>2").expect("a page")] {
            let cut = dump[..end].to_owned();
            let found: Vec<Item> =
                Pages::new("x".into(), Box::new(Cursor::new(cut)), 1000).collect();
            assert!(matches!(&found[0], Item::Article { article, .. } if article.id == "1"));
            let last = found.last().expect("an item");
            assert!(matches!(last, Item::Broken(p) if p.found.contains("cut off")), "{last:?}");
        }
    }

    #[test]
    fn an_element_that_nobody_closes_ends_the_file() {
        let dump = format!("<mediawiki><page><title>{}", "x".repeat(500_000));
        let found: Vec<Item> = Pages::new("x".into(), Box::new(Cursor::new(dump)), 1000).collect();
        assert!(matches!(&found[..], [Item::Broken(p)] if p.found.contains("longer")), "{found:?}");
    }
}
