package org.ostraka.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table's Amazon resource name: {@code arn:aws:dynamodb:REGION:ACCOUNT:table/NAME}. Immutable.
 */
public record TableArn(Owner owner, TableName table) {
  private static final Pattern SYNTAX =
      Pattern.compile("arn:aws[a-z-]*:dynamodb:([a-z0-9-]+):([0-9]{12}):table/([^/]+)");

  /** Returns the ARN that the text spells; empty if it is none. */
  public static Optional<TableArn> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()
        || !Region.isLegal(matcher.group(1))
        || !TableName.isLegal(matcher.group(3))) {
      return Optional.empty();
    }
    Owner owner = new Owner(new AccountId(matcher.group(2)), new Region(matcher.group(1)));
    return Optional.of(new TableArn(owner, new TableName(matcher.group(3))));
  }

  // A request looks its table up several times: the generated methods take longer than these two.

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof TableArn arn
            && table.value().equals(arn.table.value())
            && owner.equals(arn.owner));
  }

  @Override
  public int hashCode() {
    return 31 * owner.hashCode() + table.value().hashCode();
  }

  @Override
  public String toString() {
    return "arn:aws:dynamodb:" + owner.region() + ":" + owner.account() + ":table/" + table;
  }
}
