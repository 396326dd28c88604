package org.ostraka.voting.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A picture of lines, as SVG. Immutable; colours that people with a colour vision deficiency can
 * tell.
 */
public record Chart(String title, String across, String upwards, List<Line> lines) {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 380;
  private static final int LEFT = 80;
  private static final int RIGHT = 20;
  private static final int TOP = 50;
  private static final int BOTTOM = 90;
  private static final int STEPS = 5;
  private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7");
  private static final List<String> DASHES = List.of("none", "8 4", "2 3", "10 3 2 3");

  /** A line through points. Immutable. */
  public record Line(String name, List<Point> points) {
    public Line {
      points = List.copyOf(points);
    }
  }

  /** A point. Immutable. */
  public record Point(double across, double upwards) {}

  public Chart {
    lines = List.copyOf(lines);
    if (lines.isEmpty() || lines.size() > COLOURS.size()) {
      throw new IllegalArgumentException("a chart has 1 to " + COLOURS.size() + " lines");
    }
  }

  /** Returns the picture. The same chart gives the same text. */
  public String svg() {
    double maxAcross = nice(max(lines, true));
    double maxUpwards = nice(max(lines, false));
    List<String> parts = new ArrayList<>();
    parts.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\""
                .formatted(WIDTH, HEIGHT, escaped(title))
            + " font-family=\"sans-serif\" font-size=\"13\">");
    parts.add("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
    parts.add(text(LEFT, 26, "start", title).replace("<text ", "<text font-size=\"16\" "));
    for (int step = 0; step <= STEPS; step++) {
      double share = (double) step / STEPS;
      double y = y(share);
      double x = x(share);
      parts.add(line(LEFT, y, WIDTH - RIGHT, y, "#dddddd"));
      parts.add(text(LEFT - 8, y + 4, "end", number(share * maxUpwards)));
      parts.add(text(x, HEIGHT - BOTTOM + 18, "middle", number(share * maxAcross)));
    }
    parts.add(text(WIDTH / 2.0, HEIGHT - BOTTOM + 38, "middle", across));
    parts.add(text(LEFT, TOP - 8, "start", upwards));
    for (int at = 0; at < lines.size(); at++) {
      parts.add(path(lines.get(at), at, maxAcross, maxUpwards));
      double x = LEFT + at * (double) (WIDTH - LEFT - RIGHT) / lines.size();
      parts.add(
          line(x, HEIGHT - 22, x + 28, HEIGHT - 22, COLOURS.get(at))
              .replace("/>", " stroke-width=\"2\" stroke-dasharray=\"" + DASHES.get(at) + "\"/>"));
      parts.add(text(x + 34, HEIGHT - 18, "start", lines.get(at).name()));
    }
    parts.add("</svg>");
    return String.join("\n", parts) + "\n";
  }

  private static double max(List<Line> lines, boolean isAcross) {
    return lines.stream()
        .flatMap(line -> line.points().stream())
        .mapToDouble(point -> isAcross ? point.across() : point.upwards())
        .max()
        .orElse(1);
  }

  /** Returns the next number of 1, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 times a power of ten. */
  private static double nice(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-9))));
    for (double step : new double[] {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8}) {
      if (value <= step * power * 1.0001) {
        return step * power;
      }
    }
    return 10 * power;
  }

  private static double x(double share) {
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double share) {
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  private static String path(Line line, int at, double maxAcross, double maxUpwards) {
    StringBuilder points = new StringBuilder();
    for (Point point : line.points()) {
      points.append(
          String.format(
              Locale.ROOT,
              "%.1f,%.1f ",
              x(point.across() / maxAcross),
              y(point.upwards() / maxUpwards)));
    }
    return "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\" points=\"%s\"/>"
        .formatted(COLOURS.get(at), DASHES.get(at), points.toString().strip());
  }

  private static String line(double x1, double y1, double x2, double y2, String colour) {
    return String.format(
        Locale.ROOT,
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>",
        x1,
        y1,
        x2,
        y2,
        colour);
  }

  private static String text(double x, double y, String anchor, String text) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
        x,
        y,
        anchor,
        escaped(text));
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
