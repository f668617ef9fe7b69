//! Modules use only what lies below them, as ARCHITECTURE.md lists them; no circles at any depth.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Names of modules from the root of a crate down.
type ModulePath = Vec<String>;

/// A crate as its files say: the paths that each module uses.
struct Sources {
    files: BTreeMap<ModulePath, String>,
    /// For each module, the names that it takes from its children and gives on.
    reexports: BTreeMap<ModulePath, BTreeMap<String, String>>,
}

impl Sources {
    fn read(folder: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut files = BTreeMap::new();
        read_folder(&root, &Vec::new(), &mut files);
        let mut reexports = BTreeMap::new();
        for (module, source) in &files {
            let mut names = BTreeMap::new();
            for path in
                paths(source, "pub use ").into_iter().chain(paths(source, "pub(crate) use "))
            {
                let inside = match path[0].as_str() {
                    "self" => &path[1..],
                    "crate" => path.get(1 + module.len()..).unwrap_or_default(),
                    _ => &path[..],
                };
                if let [child, .., name] = inside {
                    names.insert(name.clone(), child.clone());
                }
            }
            reexports.insert(module.clone(), names);
        }
        Self { files, reexports }
    }

    /// Calls `use_of` with the module two siblings are in, the sibling that uses, the one that is
    /// used, and the file.
    fn each_use(&self, mut use_of: impl FnMut(&[String], &str, &str, &ModulePath)) {
        for (module, source) in &self.files {
            let heads = ["crate::", "super::"].map(|head| paths(source, head));
            for mut used in heads.into_iter().flatten().map(|path| absolute(&path, module)) {
                let depth = module.iter().zip(&used).take_while(|(a, b)| a == b).count();
                if depth >= module.len() || depth >= used.len() {
                    continue;
                }
                let parent = &module[..depth];
                if !self.is_module(&used[..=depth]) {
                    let Some(child) = self.reexports[parent].get(&used[depth]) else { continue };
                    used.insert(depth, child.clone());
                }
                if used[depth] != module[depth] {
                    use_of(parent, &module[depth], &used[depth], module);
                }
            }
        }
    }

    fn is_module(&self, path: &[String]) -> bool {
        self.files.keys().any(|module| module.starts_with(path))
    }
}

fn read_folder(folder: &Path, parent: &ModulePath, files: &mut BTreeMap<ModulePath, String>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let mut module = parent.clone();
        if !matches!(name.as_str(), "lib" | "main") {
            module.push(name.clone());
        }
        if name == "tests" {
            continue;
        }
        if path.is_dir() {
            read_folder(&path, &module, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let source = fs::read_to_string(&path).expect("a source");
            files.insert(module, without_tests(&source));
        }
    }
}

/// Takes comments out, and what is compiled for tests alone.
fn without_tests(source: &str) -> String {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut lines = Vec::new();
    let mut is_test = false;
    for line in source.lines() {
        if !is_test && !line.trim_start().starts_with("//") {
            lines.push(line);
        }
        is_test = line.trim() == "#[cfg(test)]";
    }
    lines.join("\n")
}

/// Returns the paths that begin at each `head` in a source, groups in braces taken apart. A head
/// that ends in a space is left out of its paths.
fn paths(source: &str, head: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices(head) {
        let before = source[..at].chars().next_back().unwrap_or('\n');
        let is_inside = before.is_alphanumeric() || matches!(before, '_' | ':');
        if !is_inside && !source[..at].ends_with("(in ") {
            let start = if head.ends_with(' ') { at + head.len() } else { at };
            expand(&source[start..], Vec::new(), &mut found);
        }
    }
    found.retain(|path| !path.is_empty());
    found
}

/// Reads one path, or the paths of a group, and returns what follows.
fn expand<'s>(mut rest: &'s str, mut path: Vec<String>, found: &mut Vec<Vec<String>>) -> &'s str {
    loop {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        if end > 0 {
            path.push(rest[..end].to_owned());
            rest = &rest[end..];
        }
        let Some(after) = rest.strip_prefix("::") else {
            found.push(path);
            return rest;
        };
        rest = after;
        let Some(mut inside) = rest.strip_prefix('{') else { continue };
        loop {
            inside = inside.trim_start();
            if let Some(after) = inside.strip_prefix('}') {
                return after;
            }
            let after = expand(inside, path.clone(), found);
            let end = after.find([',', '}']).unwrap_or(after.len());
            inside = after[end..].trim_start_matches(',');
            if inside.is_empty() {
                return inside;
            }
        }
    }
}

/// Returns a path from the root of the crate, as it is meant in `module`.
fn absolute(path: &[String], module: &ModulePath) -> Vec<String> {
    let ups = path.iter().take_while(|name| *name == "super").count();
    let base = if ups == 0 { &[][..] } else { &module[..module.len().saturating_sub(ups)] };
    base.iter().chain(&path[ups.max(1)..]).cloned().collect()
}

/// Reads the layers of a folder out of ARCHITECTURE.md, the uppermost first.
fn layers(folder: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md");
    let page = fs::read_to_string(path).expect("ARCHITECTURE.md");
    let heading = format!("Layers of `{folder}`");
    let section = page.split(&heading).nth(1).unwrap_or_else(|| panic!("no `{heading}`"));
    let block = section.split("```").nth(1).expect("a block of layers");
    let rows = block.lines().skip(1).map(|line| line.split_whitespace().map(str::to_owned));
    rows.map(Iterator::collect).collect()
}

fn keeps_its_layers(folder: &str) {
    let sources = Sources::read(folder);
    let mut height = BTreeMap::new();
    for (row, names) in layers(folder).iter().rev().enumerate() {
        height.extend(names.iter().map(|name| (name.clone(), row)));
    }
    let modules: BTreeSet<&String> = sources.files.keys().filter_map(|path| path.first()).collect();
    let drawn: BTreeSet<&String> = height.keys().collect();
    assert_eq!(modules, drawn, "the modules of {folder} and those that ARCHITECTURE.md lists");

    let mut wrong = BTreeSet::new();
    let mut siblings: BTreeMap<ModulePath, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    sources.each_use(|parent, user, used, file| {
        if parent.is_empty() && height[user] <= height[used] {
            wrong.insert(format!("{} uses {used}, which is not below {user}", file.join("/")));
        }
        let uses = siblings.entry(parent.to_vec()).or_default();
        uses.entry(user.to_owned()).or_default().insert(used.to_owned());
    });
    for (parent, uses) in &siblings {
        for name in uses.keys().filter(|name| reaches(uses, name, name)) {
            wrong.insert(format!("{}/{name} is part of a circle", parent.join("/")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Returns true if `from` uses `to`, at once or through others.
fn reaches(uses: &BTreeMap<String, BTreeSet<String>>, from: &str, to: &str) -> bool {
    let (mut open, mut seen) = (vec![from.to_owned()], BTreeSet::new());
    while let Some(name) = open.pop() {
        for used in uses.get(&name).into_iter().flatten() {
            if used == to {
                return true;
            }
            if seen.insert(used.clone()) {
                open.push(used.clone());
            }
        }
    }
    false
}

#[test]
fn the_library_keeps_its_layers() {
    keeps_its_layers("src");
}

#[test]
fn the_program_keeps_its_layers() {
    keeps_its_layers("cli/src");
}

#[test]
fn paths_are_found_in_groups_and_beside_code() {
    let source = "use crate::text::{key::{Key, fold}, tone};\nlet x = super::super::page::parse();";
    let found: Vec<String> = ["crate::", "super::"]
        .iter()
        .flat_map(|head| paths(source, head))
        .map(|p| p.join("."))
        .collect();
    assert_eq!(
        found,
        ["crate.text.key.Key", "crate.text.key.fold", "crate.text.tone", "super.super.page.parse"]
    );
    let module = ["rank", "trained"].map(str::to_owned).to_vec();
    let path = |text: &str| text.split('.').map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(absolute(&path("super.graph.rank"), &module), path("rank.graph.rank"));
    assert_eq!(absolute(&path("crate.text.key"), &module), path("text.key"));
}
