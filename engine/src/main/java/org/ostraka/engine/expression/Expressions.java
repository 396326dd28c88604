package org.ostraka.engine.expression;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.ostraka.expression.ExpressionParameter;
import org.ostraka.expression.ParsedCondition;
import org.ostraka.expression.ParsedExpression;
import org.ostraka.expression.ParsedProjection;
import org.ostraka.expression.ParsedUpdate;

/**
 * Reads the texts of expressions, and caches those that it has read lately: applications send few
 * texts, many times. Any thread.
 */
public final class Expressions {
  /**
   * The greatest number of characters of all cached texts; a parsed expression takes some fifty
   * bytes for each.
   */
  private static final long MAX_KEPT_CHARS = 1 << 18;

  private final Cache<Text, ParsedExpression> kept =
      Caffeine.newBuilder()
          .maximumWeight(MAX_KEPT_CHARS)
          .weigher((Text text, ParsedExpression _) -> text.text().length())
          .build();

  private record Text(ExpressionParameter parameter, String text) {}

  ParsedCondition condition(ExpressionParameter parameter, String text) {
    return (ParsedCondition)
        kept.get(new Text(parameter, text), _ -> ParsedCondition.parse(parameter, text));
  }

  ParsedProjection projection(String text) {
    return (ParsedProjection)
        kept.get(new Text(ExpressionParameter.PROJECTION, text), _ -> ParsedProjection.parse(text));
  }

  ParsedUpdate update(String text) {
    return (ParsedUpdate)
        kept.get(new Text(ExpressionParameter.UPDATE, text), _ -> ParsedUpdate.parse(text));
  }
}
