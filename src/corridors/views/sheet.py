"""How the page of the report looks, on a screen and on sheets of paper."""

from __future__ import annotations

STYLE = """
body { font: 15px/1.5 "DejaVu Sans", Arial, sans-serif; color: #222; max-width: 62rem }
body { margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6em; line-height: 1.25; margin: 0 }
h2 { font-size: 1.25em; margin: 2.2em 0 .7em; border-bottom: 2px solid #0072B2; padding-bottom: .2em }
h3 { font-size: .95em; margin: 1.3em 0 .4em }
.stamp, .note { color: #555; font-size: .85em }
nav { font-size: .85em; margin: 1em 0 }
nav a { margin-right: 1.2em; white-space: nowrap }
a { color: #0072B2 }
.numbers { display: grid; grid-template-columns: repeat(auto-fill, minmax(14em, 1fr)); gap: .8em; margin: 1.2em 0 }
.numbers div { border-left: 3px solid #0072B2; padding: .1em 0 .1em .7em; break-inside: avoid }
.numbers b { display: block; font-size: 1.5em; line-height: 1.3 }
.numbers span { font-size: .8em; color: #444; display: block; line-height: 1.35 }
.side { display: grid; grid-template-columns: repeat(auto-fit, minmax(24em, 1fr)); gap: 0 2em; align-items: start }
figure { margin: 1.2em 0; break-inside: avoid }
figure img { max-width: 100%; height: auto }
figure.chart img { max-width: 46rem; width: 100% }
.scroll { overflow-x: auto }
table { border-collapse: collapse; font-size: .85em; width: 100%; margin: .4em 0 1em }
th, td { padding: .22em .5em; border-bottom: 1px solid #ddd; text-align: left; vertical-align: top }
th { border-bottom: 2px solid #888; vertical-align: bottom }
td { overflow-wrap: break-word }
.n { text-align: right }
td.n { white-space: nowrap }
thead { display: table-header-group }
tr, .keep { break-inside: avoid }
table.assumptions { table-layout: fixed }
.assumptions td { overflow-wrap: anywhere }
.assumptions th:nth-child(1) { width: 25% }
.assumptions th:nth-child(2) { width: 8% }
.regions td:first-child, .scenarios td:first-child { white-space: nowrap }
.assumptions th:nth-child(3) { width: 9% }
.assumptions th:nth-child(4) { width: 19% }
.assumptions th:nth-child(5) { width: 7% }
li { margin: .3em 0; break-inside: avoid }
code { font-size: .9em }
dl > div { break-inside: avoid }
dt { font-weight: bold; margin-top: .5em }
dd { margin: 0 0 0 1.2em }
@media print {
  body { max-width: none; margin: 0; padding: 0; font-size: 9.5pt }
  nav { display: none }
  ul { line-height: 1.32 }
  li { margin: .15em 0 }
  h2, h3, .note { break-after: avoid }
  a { color: inherit; text-decoration: none }
  .numbers { grid-template-columns: repeat(4, 1fr) }
  .side { grid-template-columns: 1fr 1fr }
  .scroll { overflow-x: visible }
  table.many { font-size: .72em }
  .many th, .many td { padding: .22em .35em }
  figure { margin: .6em 0; text-align: center }
  figure img, figure.chart img { width: auto; max-width: 100%; max-height: 112mm }
}
"""


def sheet(title: str, date: str) -> str:
    """Return the style of printed sheets: A4, with title, date and page number in the margin."""
    said = "".join(c if c.isalnum() or c in " -:," else f"\\{ord(c):x} " for c in f"{title}, {date}")
    small = "color: #666; font: 7.5pt 'DejaVu Sans', Arial, sans-serif"
    return (
        "@page { size: A4; margin: 15mm 15mm 18mm;\n"
        f'  @bottom-left {{ content: "{said}"; {small} }}\n'
        f'  @bottom-right {{ content: counter(page) " / " counter(pages); {small} }} }}\n'
    )
