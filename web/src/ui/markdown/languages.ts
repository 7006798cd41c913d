const languages = new Set(
  `bash bat c c# c++ cmd console cpp cs csharp css csv diff dockerfile go graphql html http ini java javascript js json
  jsonc jsx kotlin kt log lua makefile markdown md nginx perl php plaintext powershell ps1 py python r rb rs ruby rust
  scala scss sh shell sql svg swift text toml ts tsx txt typescript vb vbs xml yaml yml zsh`.split(
    /\s+/,
  ),
)

/** Whether a word beside the fence of code names its language; any other word is part of what was pasted. */
export function isLanguage(word: string): boolean {
  return languages.has(word.toLowerCase())
}
