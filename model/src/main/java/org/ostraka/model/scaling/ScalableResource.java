package org.ostraka.model.scaling;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableName;

/**
 * A table, or a global index of it, as auto scaling names it: {@code table/NAME} or {@code
 * table/NAME/index/NAME}. Immutable.
 */
public record ScalableResource(TableName table, Optional<IndexName> index) {
  private static final Pattern SYNTAX = Pattern.compile("table/([^/]+)(?:/index/([^/]+))?");

  /** Returns the resource that the text spells; empty if it is none. */
  public static Optional<ScalableResource> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches() || !TableName.isLegal(matcher.group(1))) {
      return Optional.empty();
    }
    Optional<String> index = Optional.ofNullable(matcher.group(2));
    return index.isPresent() && !TableName.isLegal(index.get())
        ? Optional.empty()
        : Optional.of(
            new ScalableResource(new TableName(matcher.group(1)), index.map(IndexName::new)));
  }

  @Override
  public String toString() {
    return "table/" + table + index.map(name -> "/index/" + name).orElse("");
  }
}
