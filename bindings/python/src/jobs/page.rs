//! The article of a page.

use super::Characters;
use crate::columns::{Flags, Floats, Integers, Lists, Strings, record};
use crate::job::Job;
use crate::library::{Article, Evidence, Role, Scratch, code};
use crate::source::Row;

record! {
    /// A block of a page; places are in characters.
    BlockColumn {
        role: Strings,
        text: Strings,
        start: Integers,
        end: Integers,
        kept: Flags,
        confidence: Floats,
        evidence: Lists<Strings>,
    }
}

record! {
    /// What a page says of itself.
    MetadataColumn {
        title: Strings,
        author: Strings,
        published: Strings,
        modified: Strings,
        site: Strings,
        url: Strings,
        language: Strings,
        description: Strings,
    }
}

record! {
    /// A page.
    PageColumn {
        title: Strings,
        text: Strings,
        blocks: Lists<BlockColumn>,
        metadata: MetadataColumn,
        warnings: Lists<Strings>,
        source: Strings,
    }
}

/// Takes articles out of pages.
pub(crate) struct Pages {
    pub(crate) keep: Vec<Role>,
}

impl Job for Pages {
    type Out = PageColumn;

    fn add(&self, row: &Row<'_>, _: &mut Scratch, out: &mut Self::Out) -> Result<(), String> {
        use crate::columns::Column;
        let article = Article::new(&row.text, row.title.as_deref());
        let (text, structure) = (article.text(), article.structure());
        let metadata = article.metadata();
        let title = row.title.as_deref();
        let title = title.or_else(|| structure.title().map(|block| &text[block.span()]));
        out.title.push_option(title.or_else(|| metadata.and_then(|found| found.title())));
        out.text.push(&kept(&article, &structure, &self.keep));
        let mut characters = Characters::new(text);
        for block in structure.blocks() {
            let blocks = &mut out.blocks.items;
            blocks.role.push(block.role().name());
            blocks.text.push(&text[block.span()]);
            blocks.start.push(characters.at(block.span().start));
            blocks.end.push(characters.at(block.span().end));
            blocks.kept.push(self.keep.contains(&block.role()));
            blocks.confidence.push(f64::from(block.confidence()));
            block.evidence().for_each(|found| blocks.evidence.items.push(Evidence::code(found)));
            blocks.evidence.close();
            blocks.close();
        }
        out.blocks.close();
        if let Some(found) = metadata {
            let of_page = &mut out.metadata;
            of_page.title.push_option(found.title());
            of_page.author.push_option(found.author());
            of_page.published.push_option(found.published());
            of_page.modified.push_option(found.modified());
            of_page.site.push_option(found.site());
            of_page.url.push_option(found.url());
            of_page.language.push_option(found.language());
            of_page.description.push_option(found.description());
            of_page.close();
        } else {
            out.metadata.push_null();
        }
        structure.warnings().iter().for_each(|&found| out.warnings.items.push(code(found)));
        out.warnings.close();
        // Offsets count in the text that was laid out.
        out.source.push_option(metadata.is_some().then_some(text));
        out.close();
        Ok(())
    }
}

/// The kept blocks, a blank line between them.
fn kept(article: &Article<'_>, structure: &crate::library::PageStructure, keep: &[Role]) -> String {
    let mut out = String::new();
    for block in structure.blocks().iter().filter(|block| keep.contains(&block.role())) {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(&article.text()[block.span()]);
    }
    out
}

/// Takes only the text of articles.
pub(crate) struct PageTexts(pub(crate) Pages);

impl Job for PageTexts {
    type Out = Strings;

    fn add(&self, row: &Row<'_>, _: &mut Scratch, out: &mut Self::Out) -> Result<(), String> {
        let article = Article::new(&row.text, row.title.as_deref());
        out.push(&kept(&article, &article.structure(), &self.0.keep));
        Ok(())
    }
}
