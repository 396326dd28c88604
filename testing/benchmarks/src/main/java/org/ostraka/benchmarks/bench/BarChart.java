package org.ostraka.benchmarks.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A chart of bars in groups, as a self-contained SVG. One thread. */
final class BarChart {
  private static final int WIDTH = 720;
  private static final int NAME_WIDTH = 200;
  private static final int VALUE_WIDTH = 90;
  private static final int BAR = 18;
  private static final int GAP = 6;
  private static final int GROUP_HEAD = 30;
  private static final int TITLE = 40;

  /** Colours that also differ in lightness, for readers who cannot distinguish all colours. */
  private static final List<String> COLOURS =
      List.of("#0b5d7a", "#c98a1b", "#8fa3ad", "#7a2e5d", "#4f8a3c");

  private final String title;
  private final List<Group> groups = new ArrayList<>();

  /** A bar. */
  record Bar(String name, double value) {}

  private record Group(String name, List<Bar> bars) {}

  BarChart(String title) {
    this.title = title;
  }

  void group(String name, List<Bar> bars) {
    groups.add(new Group(name, List.copyOf(bars)));
  }

  @Override
  public String toString() {
    StringBuilder body = new StringBuilder();
    int y = TITLE;
    for (Group group : groups) {
      y = draw(group, y, body);
    }
    String head =
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" \
        font-family="sans-serif" font-size="13">
        <rect width="100%%" height="100%%" fill="white"/>
        <text x="12" y="24" font-size="16" font-weight="bold">%s</text>
        """
            .formatted(WIDTH, y + GAP, WIDTH, y + GAP, escaped(title));
    return head + body + "</svg>\n";
  }

  private int draw(Group group, int top, StringBuilder body) {
    text(body, 12, top + GROUP_HEAD - 10, "", group.name);
    int y = top + GROUP_HEAD;
    double greatest = greatest();
    for (int i = 0; i < group.bars.size(); i++) {
      Bar bar = group.bars.get(i);
      double length = greatest > 0 ? bar.value / greatest * (WIDTH - NAME_WIDTH - VALUE_WIDTH) : 0;
      text(body, NAME_WIDTH - 8, y + BAR - 5, " text-anchor=\"end\"", bar.name);
      body.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
              NAME_WIDTH,
              y,
              length,
              BAR,
              COLOURS.get(i % COLOURS.size())));
      text(
          body,
          (int) (NAME_WIDTH + length + 6),
          y + BAR - 5,
          "",
          String.format(Locale.ROOT, "%,.0f", bar.value));
      y += BAR + GAP;
    }
    return y;
  }

  private double greatest() {
    return groups.stream()
        .flatMap(group -> group.bars.stream())
        .mapToDouble(Bar::value)
        .max()
        .orElse(0);
  }

  private static void text(StringBuilder body, int x, int y, String more, String text) {
    body.append("<text x=\"%d\" y=\"%d\"%s>%s</text>\n".formatted(x, y, more, escaped(text)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
