package org.ostraka.server.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.KeyType;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableClass;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.EncryptionSpecification;
import org.ostraka.model.operation.GlobalIndexUpdate;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.model.operation.OnDemandMaximum;
import org.ostraka.model.operation.ThroughputUnits;
import org.ostraka.model.operation.WarmThroughputUnits;

/** The common parts of the requests of table operations. Stateless. */
final class TableRequests {
  private TableRequests() {}

  /**
   * Refuses a request without a table name, before all other checks.
   *
   * @throws ValidationException with the service's text (aws/aws-sdk-ruby issue 699,
   *     aws/aws-sdk-java issue 977, measured again in 2026)
   */
  static void requireTableName(Members request) {
    if (request.text("TableName") == null) {
      throw new ValidationException(
          "The parameter 'TableName' is required but was not present in the request");
    }
  }

  static List<AttributeDefinition> definitions(Members request) {
    return request.structures("AttributeDefinitions").stream()
        .map(definition ->
            new AttributeDefinition(
                definition.requiredText("AttributeName"),
                ScalarType.valueOf(definition.requiredText("AttributeType"))))
        .toList();
  }

  static List<KeySchemaElement> keySchema(Members members) {
    return members.structures("KeySchema").stream()
        .map(element ->
            new KeySchemaElement(
                element.requiredText("AttributeName"),
                KeyType.valueOf(element.requiredText("KeyType"))))
        .toList();
  }

  /** Returns the indexes of a list, or null when the list is absent. */
  static @Nullable List<NewIndex> indexes(Members request, String name) {
    return request.values().containsKey(name)
        ? request.structures(name).stream().map(TableRequests::index).toList()
        : null;
  }

  /** Returns the changes of indexes, or null when they are absent. */
  static @Nullable List<GlobalIndexUpdate> indexUpdates(Members request) {
    String name = "GlobalSecondaryIndexUpdates";
    return request.values().containsKey(name)
        ? request.structures(name).stream().map(TableRequests::indexUpdate).toList()
        : null;
  }

  private static GlobalIndexUpdate indexUpdate(Members update) {
    Members create = update.structure("Create");
    Members throughput = update.structure("Update");
    Members delete = update.structure("Delete");
    return new GlobalIndexUpdate(
        create == null ? null : index(create),
        throughput == null
            ? null
            : new GlobalIndexUpdate.Throughput(
                throughput.requiredText("IndexName"),
                throughput(throughput),
                onDemandMaximum(throughput),
                warmUnits(throughput)),
        delete == null ? null : delete.requiredText("IndexName"));
  }

  private static NewIndex index(Members index) {
    Members projection = index.requiredStructure("Projection");
    return new NewIndex(
        index.requiredText("IndexName"),
        keySchema(index),
        projection.text("ProjectionType"),
        projection.texts("NonKeyAttributes"),
        throughput(index),
        onDemandMaximum(index),
        warmThroughput(index));
  }

  static @Nullable ThroughputUnits throughput(Members request) {
    Members units = request.structure("ProvisionedThroughput");
    return units == null ? null : units(units);
  }

  static ThroughputUnits units(Members units) {
    return new ThroughputUnits(
        units.requiredWhole("ReadCapacityUnits"), units.requiredWhole("WriteCapacityUnits"));
  }

  /** Returns the maximum, or null when it is absent or the structure is empty. */
  static @Nullable OnDemandMaximum onDemandMaximum(Members request) {
    Members units = request.structure("OnDemandThroughput");
    return units == null ? null : maximum(units);
  }

  static @Nullable OnDemandMaximum maximum(Members units) {
    return units.values().isEmpty()
        ? null
        : new OnDemandMaximum(
            units.whole("MaxReadRequestUnits"), units.whole("MaxWriteRequestUnits"));
  }

  /** Returns the warm throughput, or null when it is absent or the structure is empty. */
  static @Nullable WarmThroughputUnits warmThroughput(Members request) {
    WarmThroughputUnits units = warmUnits(request);
    return units == null || units.isEmpty() ? null : units;
  }

  /** Returns the warm throughput, which may have no units, or null when it is absent. */
  private static @Nullable WarmThroughputUnits warmUnits(Members request) {
    Members units = request.structure("WarmThroughput");
    return units == null
        ? null
        : new WarmThroughputUnits(
            units.whole("ReadUnitsPerSecond"), units.whole("WriteUnitsPerSecond"));
  }

  static @Nullable EncryptionSpecification encryption(Members request) {
    Members wanted = request.structure("SSESpecification");
    return wanted == null ? null : specification(wanted);
  }

  static EncryptionSpecification specification(Members wanted) {
    return new EncryptionSpecification(
        wanted.flag("Enabled"), wanted.text("SSEType"), wanted.text("KMSMasterKeyId"));
  }

  static @Nullable TableClass tableClass(Members request) {
    return tableClass(request.text("TableClass"));
  }

  static @Nullable TableClass tableClass(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return TableClass.valueOf(text);
    } catch (IllegalArgumentException _) {
      throw new ValidationException(
          "Invalid table-class parameter provided. Please try again with a valid table-class value:"
              + " [STANDARD, STANDARD_INFREQUENT_ACCESS].");
    }
  }
}
