package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What every page must have: room on a narrow screen, names for screen readers, contrast. */
final class Readability {
  /** Returns the texts whose contrast is below 4.5 (WCAG 2.2, criterion 1.4.3). */
  private static final String LOW_CONTRAST =
      """
      const luminance = ([r, g, b]) => [r, g, b].map(it => it / 255)
        .map(it => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4)
        .reduce((sum, it, at) => sum + it * [0.2126, 0.7152, 0.0722][at], 0);
      const rgb = text => text.match(/[0-9.]+/g).map(Number);
      const ground = element => {
        for (let at = element; at; at = at.parentElement) {
          const colour = rgb(getComputedStyle(at).backgroundColor);
          if (colour.length === 3 || colour[3] === 1) return colour;
        }
        return [255, 255, 255];
      };
      const low = [];
      for (const element of document.querySelectorAll('body *')) {
        const own = [...element.childNodes].some(it => it.nodeType === 3 && it.data.trim());
        if (!own || !element.checkVisibility() || element.matches('noscript *, :disabled')) continue;
        const text = luminance(rgb(getComputedStyle(element).color));
        const back = luminance(ground(element));
        const ratio = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
        if (ratio < 4.5) low.push(element.outerHTML.slice(0, 80) + ' ' + ratio.toFixed(2));
      }
      return low.join(' | ');
      """;

  /** Returns what has no name for a screen reader, or no place in the order of headings. */
  private static final String WITHOUT_NAME =
      """
      const wrong = [];
      for (const it of document.querySelectorAll('input, textarea, select')) {
        if (!it.labels.length) wrong.push(it.outerHTML.slice(0, 80));
      }
      for (const it of document.querySelectorAll('button, a')) {
        if (!it.textContent.trim()) wrong.push(it.outerHTML.slice(0, 80));
      }
      for (const it of document.querySelectorAll('img:not([alt]), th:not([scope])')) {
        wrong.push(it.outerHTML.slice(0, 80));
      }
      if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1');
      if (!document.documentElement.lang || !document.title) wrong.push('no language or title');
      return wrong.join(' | ');
      """;

  private Readability() {}

  /** Checks names and the order of headings, and contrast in light and in dark. */
  static void check(Browser browser, String page) {
    String root = "document.documentElement";
    assertThat(browser.script("return " + root + ".scrollWidth - " + root + ".clientWidth"))
        .as("%s is not wider than the screen", page)
        .isEqualTo("0");
    assertThat(browser.script(WITHOUT_NAME)).as(page).isEmpty();
    for (String scheme : List.of("light", "dark")) {
      browser.prefer("prefers-color-scheme", scheme);
      assertThat(browser.script(LOW_CONTRAST)).as("%s, %s", page, scheme).isEmpty();
    }
    browser.prefer("prefers-color-scheme", "light");
  }
}
