package org.ostraka.transfer.ion;

import com.amazon.ion.IonException;
import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import com.amazon.ion.SymbolTable;
import com.amazon.ion.system.IonReaderBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.transfer.format.ConditionMembers;
import org.ostraka.transfer.format.ImportedRecord;
import org.ostraka.transfer.format.ItemReader;
import org.ostraka.transfer.format.RecordLimits;
import org.ostraka.transfer.format.ValueRules;

/**
 * Reads items as Ion, text or binary: structs with the field {@code Item} ("Amazon S3 import
 * formats for DynamoDB"). One thread.
 */
public final class IonItemReader implements ItemReader {
  /** The bits of a number that may be one of DynamoDB, which has up to 126 digits. */
  private static final int MAX_BITS = 512;

  private static final String NO_ION = "The file is not Ion";

  /** What a symbol takes in memory beside its text. */
  private static final int SYMBOL_BYTES = 64;

  /**
   * The first bytes of gzip, which the reader of Ion would decompress by itself, without a bound.
   */
  private static final byte[] GZIP = {0x1F, (byte) 0x8B};

  private final BoundedInput in;
  private final IonReader ion;
  private final boolean hasConditions;
  private final ValueRules rules = new ValueRules();
  private @Nullable SymbolTable symbols;
  private int maxSymbol;

  private IonItemReader(InputStream in, boolean hasConditions) {
    this.hasConditions = hasConditions;
    this.in = new BoundedInput(in, RecordLimits.BYTES);
    this.ion = IonReaderBuilder.standard().build(this.in);
  }

  /**
   * Makes a reader of items; other fields of structs are passed over.
   *
   * @throws IOException when the file cannot be read, or is compressed
   */
  public static IonItemReader ofItems(InputStream in) throws IOException {
    return new IonItemReader(uncompressed(in), false);
  }

  /**
   * Makes a reader of items with conditions.
   *
   * @throws IOException when the file cannot be read, or is compressed
   */
  public static IonItemReader ofConditions(InputStream in) throws IOException {
    return new IonItemReader(uncompressed(in), true);
  }

  private static InputStream uncompressed(InputStream in) throws IOException {
    PushbackInputStream file = new PushbackInputStream(in, GZIP.length);
    byte[] first = file.readNBytes(GZIP.length);
    if (Arrays.equals(first, GZIP)) {
      throw new IOException(NO_ION);
    }
    file.unread(first);
    return file;
  }

  @Override
  public Optional<ImportedRecord> next() {
    in.begin();
    try {
      IonType type = ion.next();
      if (type == null) {
        return Optional.empty();
      }
      if (hasManySymbols()) {
        return Optional.of(unreadable("The file has too many symbols"));
      }
      if (type != IonType.STRUCT || ion.isNullValue()) {
        return Optional.of(unreadable("A value is not a struct"));
      }
      return Optional.of(struct());
    } catch (IonException _) {
      return Optional.of(unreadable(in.isExceeded() ? RecordLimits.TOO_LARGE : NO_ION));
    }
  }

  /** Returns whether the symbols, which stay for all values to come, take more than one record. */
  private boolean hasManySymbols() {
    SymbolTable now = ion.getSymbolTable();
    if (now.equals(symbols) && now.getMaxId() == maxSymbol) {
      return false;
    }
    symbols = now;
    maxSymbol = now.getMaxId();
    long bytes = (long) maxSymbol * SYMBOL_BYTES;
    Iterator<String> names = now.iterateDeclaredSymbolNames();
    while (names.hasNext() && bytes <= RecordLimits.BYTES) {
      String name = names.next();
      bytes += name == null ? 0 : name.length();
    }
    return bytes > RecordLimits.BYTES;
  }

  private static ImportedRecord unreadable(String problem) {
    return new ImportedRecord.Unreadable(problem);
  }

  private ImportedRecord struct() {
    Optional<Map<String, AttributeValue>> item = Optional.empty();
    ConditionMembers condition = new ConditionMembers();
    ion.stepIn();
    for (IonType type = ion.next(); type != null; type = ion.next()) {
      if (fieldName().equals("Item") && type == IonType.STRUCT) {
        item = Optional.of(map(1));
      } else if (hasConditions) {
        condition(type, condition);
      }
    }
    ion.stepOut();
    return item.map(values -> rules.record(new Item(values), condition.condition()))
        .orElseGet(() -> unreadable("A struct has no Item"));
  }

  private void condition(IonType type, ConditionMembers condition) {
    String name = fieldName();
    if (name.equals(ConditionMembers.EXPRESSION) && IonType.isText(type)) {
      condition.expression(known(ion.stringValue()));
    } else if (name.equals(ConditionMembers.NAMES) && type == IonType.STRUCT) {
      condition.names(names());
    } else if (name.equals(ConditionMembers.VALUES) && type == IonType.STRUCT) {
      condition.values(map(1));
    }
  }

  private Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    ion.stepIn();
    for (IonType type = ion.next(); type != null; type = ion.next()) {
      if (!IonType.isText(type)) {
        throw new IonException("A name is not a text");
      }
      names.put(fieldName(), known(ion.stringValue()));
    }
    ion.stepOut();
    return names;
  }

  /** Returns the name of the field; a symbol may be without a text. */
  private String fieldName() {
    return known(ion.getFieldName());
  }

  private static String known(@Nullable String text) {
    if (text == null) {
      throw new IonException("A symbol has no text");
    }
    return text;
  }

  private Map<String, AttributeValue> map(int level) {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    ion.stepIn();
    for (IonType type = ion.next(); type != null; type = ion.next()) {
      String name = fieldName();
      rules.name(name);
      if (values.put(name, value(type, level)) != null) {
        var _ = rules.broken("An attribute is there twice: " + name);
      }
    }
    ion.stepOut();
    return values;
  }

  private AttributeValue value(IonType type, int level) {
    if (ion.isNullValue()) {
      return new AttributeValue.Null();
    }
    if (!rules.fits(level)) {
      return new AttributeValue.Null();
    }
    return switch (type) {
      case STRING, SYMBOL -> new AttributeValue.S(known(ion.stringValue()));
      case INT -> number(new BigDecimal(ion.bigIntegerValue()));
      case DECIMAL -> number(ion.bigDecimalValue());
      case BOOL -> new AttributeValue.Bool(ion.booleanValue());
      case BLOB, CLOB -> new AttributeValue.B(Bytes.wrap(ion.newBytes()));
      case STRUCT -> new AttributeValue.M(map(level + 1));
      case LIST -> list(ion.getTypeAnnotations(), level);
      case FLOAT, TIMESTAMP, SEXP, NULL, DATAGRAM ->
          rules.broken("Ion's type " + type + " is not supported");
    };
  }

  /** Returns a number. To spell one of a million digits would take long. */
  private AttributeValue number(BigDecimal number) {
    return number.unscaledValue().bitLength() <= MAX_BITS
        ? rules.number(text(number))
        : rules.broken("Attempting to store more than 38 significant digits in a Number");
  }

  private AttributeValue list(String[] annotations, int level) {
    String kind = annotations.length == 1 ? annotations[0] : "";
    return switch (kind) {
      case "" -> new AttributeValue.L(elements(level + 1));
      case IonValues.SET + "SS" ->
          rules.textSet(elements(AttributeValue.S.class, AttributeValue.S::value, level));
      case IonValues.SET + "NS" ->
          rules.numberSet(elements(AttributeValue.N.class, number -> text(number.value()), level));
      case IonValues.SET + "BS" ->
          rules.binarySet(elements(AttributeValue.B.class, AttributeValue.B::value, level));
      default -> {
        var _ = elements(level + 1);
        yield rules.broken("The annotation " + kind + " is not supported");
      }
    };
  }

  private List<AttributeValue> elements(int level) {
    List<AttributeValue> values = new ArrayList<>();
    ion.stepIn();
    for (IonType type = ion.next(); type != null; type = ion.next()) {
      values.add(value(type, level));
    }
    ion.stepOut();
    return values;
  }

  /** Reads the elements of a set, without going into those that cannot be in one. */
  private <V extends AttributeValue, T> List<T> elements(
      Class<V> kind, Function<V, T> content, int level) {
    List<T> found = new ArrayList<>();
    ion.stepIn();
    for (IonType type = ion.next(); type != null; type = ion.next()) {
      AttributeValue value =
          IonType.isContainer(type) ? new AttributeValue.Null() : value(type, level);
      if (kind.isInstance(value)) {
        found.add(content.apply(kind.cast(value)));
      } else {
        var _ = rules.broken("A set has an element of another type");
      }
    }
    ion.stepOut();
    return found;
  }

  private static String text(BigDecimal number) {
    return number.toString();
  }
}
