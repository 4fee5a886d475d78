//! Files around an area that other programs read: an editor's settings, a host's workflow.

use anyhow::Result;

use crate::commands::schema;
use crate::load::Repository;
use crate::model::FileKind;
use crate::site::area_settings;

/// An editor whose settings can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Editor {
    /// Visual Studio Code.
    VsCode,
}

/// Where a repository is kept, and checks run on every change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// GitHub Actions.
    GitHub,
    /// GitLab CI/CD.
    GitLab,
    /// Azure Pipelines.
    Azure,
}

/// The paths and texts for an editor and a host of this area.
pub(super) fn files(
    repository: &Repository,
    editor: Option<Editor>,
    host: Option<Host>,
) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    if let Some(Editor::VsCode) = editor {
        files.push((
            ".vscode/settings.json".to_owned(),
            VSCODE_SETTINGS.to_owned(),
        ));
        files.push((
            ".vscode/extensions.json".to_owned(),
            VSCODE_EXTENSIONS.to_owned(),
        ));
        files.extend(schemas(repository)?);
    }
    files.extend(host.map(workflow));
    Ok(files)
}

/// The schemas of the area's files, and the settings of the two programs that read them: Taplo, which is in Even
/// Better TOML, and Tombi.
fn schemas(repository: &Repository) -> Result<Vec<(String, String)>> {
    let (area, _) = area_settings(repository)?;
    let (protocols, skabeloner) = (&area.protocol_folder, &area.skabelon_folder);
    let mut files = Vec::new();
    let mut taplo = "# Her finder Even Better TOML og Taplo skemaerne.\n".to_owned();
    let mut tombi = "# Her finder Tombi skemaerne.\ntoml-version = \"v1.1.0\"\n\n\
                     [schema]\ncatalog = { paths = [] }\n"
        .to_owned();
    for kind in FileKind::ALL {
        let path = format!("{SCHEMA_FOLDER}/{}.json", kind.name());
        let include = match kind {
            FileKind::Section => {
                format!("\"{protocols}/*/[0-9]*-*.toml\", \"{protocols}/*/bilag/[0-9]*-*.toml\"")
            }
            FileKind::Protocol => format!("\"{protocols}/*/protokol.toml\""),
            FileKind::Area => "\"rusprot.toml\"".to_owned(),
            FileKind::Skabelon => format!("\"{skabeloner}/*/skabelon.toml\""),
            // It lies in a folder of its own, which is no area.
            FileKind::Collection => continue,
        };
        taplo.push_str(&format!(
            "\n[[rule]]\ninclude = [{include}]\n[rule.schema]\npath = \"{path}\"\n"
        ));
        tombi.push_str(&format!(
            "\n[[schemas]]\npath = \"{path}\"\ninclude = [{include}]\n"
        ));
        files.push((path, schema(Some(repository), kind, None)?));
    }
    files.push((".taplo.toml".to_owned(), taplo));
    files.push(("tombi.toml".to_owned(), tombi));
    Ok(files)
}

/// Where the schemas lie, from the area's folder.
const SCHEMA_FOLDER: &str = ".skema";

/// The workflow of a host.
fn workflow(host: Host) -> (String, String) {
    let (path, text) = match host {
        Host::GitHub => (
            ".github/workflows/protokoller.yml",
            include_str!("../../../docs/ci/github.yml"),
        ),
        Host::GitLab => (
            ".gitlab-ci.yml",
            include_str!("../../../docs/ci/gitlab.yml"),
        ),
        Host::Azure => (
            "azure-pipelines.yml",
            include_str!("../../../docs/ci/azure.yml"),
        ),
    };
    (path.to_owned(), text.to_owned())
}

/// UTF-8 always, and long lines folded on the screen only: a paragraph is one line. Schemas are the area's own, and
/// none is fetched from the net.
const VSCODE_SETTINGS: &str = "\
{
  \"files.encoding\": \"utf8\",
  \"files.autoGuessEncoding\": false,
  \"evenBetterToml.schema.enabled\": true,
  \"evenBetterToml.schema.catalogs\": [],
  \"[toml]\": {
    \"editor.wordWrap\": \"on\",
    \"editor.formatOnSave\": false,
    \"editor.unicodeHighlight.ambiguousCharacters\": false
  }
}
";

/// An extension that shows TOML in colours, marks what cannot be read, and reads the schemas.
const VSCODE_EXTENSIONS: &str = "\
{
  \"recommendations\": [\"tamasfe.even-better-toml\"]
}
";
