//! The article of a page, and its key terms.

use tomtat::TextOptions;
use tomtat::corpus::keywords::{self, KeywordMethod, KeywordOptions};
use tomtat::page::{self, PageOptions, Role};

use super::{Article, Engine, InputError, Places, names};
use crate::objects::{Block, Keyword, Note, Page};
use crate::options::{ExtractOptions, KeywordsOptions};

impl Engine {
    /// Finds the blocks of a page.
    ///
    /// # Errors
    ///
    /// If a role is not known.
    pub fn extract(&self, text: &str, options: &ExtractOptions) -> Result<Page, InputError> {
        let keep = match &options.keep {
            None => vec![Role::Sapo, Role::Body],
            Some(keep) => keep.iter().map(|name| role(name)).collect::<Result<_, _>>()?,
        };
        let mut article = Article::read(text, options.title.as_deref());
        let structure = article.structure.clone().unwrap_or_else(|| {
            let mut structure = PageOptions::default();
            structure.title = options.title.as_deref();
            page::parse(text, &structure)
        });
        let mut places = Places::new(&article.text);
        let blocks: Vec<Block> = structure
            .blocks()
            .iter()
            .map(|block| {
                let (start, end) = places.of(&block.span());
                Block {
                    role: block.role().name(),
                    kept: keep.contains(&block.role()),
                    start,
                    end,
                    // Three digits are more than the margin behind it can bear.
                    confidence: (f64::from(block.confidence()) * 1000.0).round() / 1000.0,
                    evidence: block.evidence().map(page::Evidence::code).collect(),
                    text: article.text[block.span()].to_owned(),
                }
            })
            .collect();
        let kept: Vec<&str> =
            blocks.iter().filter(|block| block.kept).map(|block| block.text.as_str()).collect();
        let found = structure.title().map(|block| article.text[block.span()].to_owned());
        Ok(Page {
            title: options.title.clone().or(found).or(article.title.take()),
            metadata: article.metadata.take(),
            text: kept.join("\n\n"),
            warnings: structure.warnings().iter().map(|&warning| page_note(warning)).collect(),
            article: article.laid_out(),
            blocks,
        })
    }

    /// Finds the key terms of an article.
    ///
    /// # Errors
    ///
    /// If an option cannot be used.
    pub fn keywords(
        &self,
        text: &str,
        options: &KeywordsOptions,
    ) -> Result<Vec<Keyword>, InputError> {
        let mut chosen = KeywordOptions::default();
        if let Some(name) = &options.method {
            let method = name.parse().map_err(|_| InputError::Unknown {
                option: "method",
                found: name.clone(),
                known: names(KeywordMethod::ALL.iter().map(|method| method.name())),
            })?;
            chosen = chosen.with_method(method);
        }
        if let Some(words) = options.max_words {
            if !(1..=keywords::MAX_WORDS).contains(&words) {
                let reason = format!("expected 1 to {}, found {words}", keywords::MAX_WORDS);
                return Err(InputError::Value { option: "maxWords", reason });
            }
            chosen = chosen.with_max_words(words);
        }
        chosen = chosen.with_top(options.top.unwrap_or(chosen.top));
        let article = Article::read(text, options.title.as_deref());
        // A title of its own is read with the text, and its places are left out.
        let (whole, before) = match options.title.as_deref() {
            Some(title) => (format!("{title}\n\n{}", article.text), title.len() + 2),
            None => (article.text.clone(), 0),
        };
        let structure = article.structure.as_ref().filter(|_| before == 0);
        let reading = TextOptions::default().with_raw(options.raw).with_structure(structure);
        let document = self.analyzer.analyze_with(&whole, reading);
        let found = keywords::keywords(&document, self.analyzer.models(), chosen);
        let mut places = Places::new(&article.text);
        let terms = found.iter().zip(1..).map(|(keyword, rank)| {
            let form = &whole[keyword.form()];
            let words: Vec<&str> =
                form.split([' ', '\n', '\t', '_']).filter(|word| !word.is_empty()).collect();
            let stands = keyword.positions().iter().filter_map(|place| {
                let start = place.start.checked_sub(before)?;
                Some(places.of(&(start..start + place.len())))
            });
            Keyword {
                rank,
                term: words.join(" "),
                score: keyword.score(),
                tf: keyword.positions().len(),
                key: keyword.key().to_owned(),
                places: stands.collect(),
            }
        });
        Ok(terms.collect())
    }
}

fn role(name: &str) -> Result<Role, InputError> {
    Role::from_name(name).ok_or_else(|| InputError::Unknown {
        option: "keep",
        found: name.to_owned(),
        known: names(Role::ALL.into_iter().map(Role::name)),
    })
}

fn page_note(warning: page::Warning) -> Note {
    let (code, message) = match warning {
        page::Warning::ListPage => {
            ("list-page", "looks like a list of headlines, not like an article")
        }
        page::Warning::NoText => ("no-text", "no text of an article was found"),
        page::Warning::TitleNotFound => {
            ("title-not-found", "the given title does not stand in the page")
        }
        page::Warning::TooManyLines => {
            ("too-many-lines", "has more lines than any page; all are taken for text")
        }
        page::Warning::PictureStory => {
            ("picture-story", "is a row of pictures; their captions are taken for its text")
        }
        page::Warning::ErrorPage => ("error-page", "gives an error in place of an article"),
        page::Warning::LoginPage => ("login-page", "asks for a login and has no article"),
        page::Warning::SeveralArticles => {
            ("several-articles", "holds several articles; all but the first are left out")
        }
        _ => ("other", "is not like other pages"),
    };
    Note { code, message: message.to_owned() }
}
