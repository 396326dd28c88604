package org.ostraka.model.scaling;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.ostraka.model.Traffic;

/** What auto scaling changes of a table or a global index. */
public enum ScalableDimension {
  TABLE_READ("dynamodb:table:ReadCapacityUnits", Traffic.READ),
  TABLE_WRITE("dynamodb:table:WriteCapacityUnits", Traffic.WRITE),
  INDEX_READ("dynamodb:index:ReadCapacityUnits", Traffic.READ),
  INDEX_WRITE("dynamodb:index:WriteCapacityUnits", Traffic.WRITE);

  private final String word;
  private final Traffic traffic;

  ScalableDimension(String word, Traffic traffic) {
    this.word = word;
    this.traffic = traffic;
  }

  /** Returns the dimension with this word; empty for a dimension of another service. */
  public static Optional<ScalableDimension> of(String word) {
    return Stream.of(values()).filter(each -> each.word.equals(word)).findFirst();
  }

  /** Returns the dimension of a table or of an index. */
  public static ScalableDimension of(boolean ofIndex, Traffic traffic) {
    boolean read = traffic == Traffic.READ;
    return ofIndex ? (read ? INDEX_READ : INDEX_WRITE) : (read ? TABLE_READ : TABLE_WRITE);
  }

  public Traffic traffic() {
    return traffic;
  }

  /** Returns whether it is one of global indexes. */
  public boolean isOfIndex() {
    return this == INDEX_READ || this == INDEX_WRITE;
  }

  /** Returns the predefined metric that target tracking follows. */
  public String metric() {
    return "DynamoDB" + traffic.word() + "CapacityUtilization";
  }

  /** Returns the units as activities name them. */
  public String units() {
    return traffic.word().toLowerCase(Locale.ROOT) + " capacity units";
  }

  /** Returns the word of the API. */
  @Override
  public String toString() {
    return word;
  }
}
