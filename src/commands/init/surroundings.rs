//! Files around an area that other programs read: an editor's settings, a host's workflow.

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

/// The paths and texts for an editor and a host.
pub(super) fn files(
    editor: Option<Editor>,
    host: Option<Host>,
) -> Vec<(&'static str, &'static str)> {
    let mut files = Vec::new();
    if let Some(Editor::VsCode) = editor {
        files.push((".vscode/settings.json", VSCODE_SETTINGS));
        files.push((".vscode/extensions.json", VSCODE_EXTENSIONS));
    }
    files.extend(host.map(|host| match host {
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
    }));
    files
}

/// UTF-8 always, and long lines folded on the screen only: a paragraph is one line.
const VSCODE_SETTINGS: &str = "\
{
  \"files.encoding\": \"utf8\",
  \"files.autoGuessEncoding\": false,
  \"[toml]\": {
    \"editor.wordWrap\": \"on\",
    \"editor.formatOnSave\": false,
    \"editor.unicodeHighlight.ambiguousCharacters\": false
  }
}
";

/// An extension that shows TOML in colours and marks what cannot be read.
const VSCODE_EXTENSIONS: &str = "\
{
  \"recommendations\": [\"tamasfe.even-better-toml\"]
}
";
