package org.ostraka.server.wire;

import java.util.List;
import org.ostraka.model.Item;
import org.ostraka.model.Limits;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnItemCollectionMetrics;
import org.ostraka.model.operation.BatchWriteItem;
import org.ostraka.model.operation.BatchWriteItem.Write;
import org.ostraka.model.operation.BatchWriteItem.WritesOfTable;

/** BatchWriteItem on the wire. Stateless. */
final class BatchWriteItemCodec
    implements OperationCodec<BatchWriteItem.Request, BatchWriteItem.Response> {
  private static final Shape.Structure WRITE_REQUEST =
      new Shape.Structure(
          "WriteRequest",
          Shape.Member.optional(
              "PutRequest",
              new Shape.Structure("PutRequest", Shape.Member.required("Item", Shapes.ATTRIBUTES))),
          Shape.Member.optional(
              "DeleteRequest",
              new Shape.Structure(
                  "DeleteRequest", Shape.Member.required("Key", Shapes.ATTRIBUTES))));

  /** An empty list is refused with a message that shows the map around it. */
  private static final Shape WRITES =
      new Shape.ListOf(
          new Shape.Part(WRITE_REQUEST), 0, Limits.BATCH_WRITES, Shape.Wording.WITHOUT_VALUE);

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "BatchWriteItemInput",
          Shape.Member.optional("ReturnConsumedCapacity", Shapes.RETURN_CONSUMED_CAPACITY),
          Shape.Member.optional(
              "ReturnItemCollectionMetrics", Shapes.RETURN_ITEM_COLLECTION_METRICS),
          Shape.Member.required("RequestItems", new Shape.ByTable(WRITES, Shape.Echo.JAVA)));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public List<String> checkedFirst() {
    return List.of("ReturnConsumedCapacity", "ReturnItemCollectionMetrics");
  }

  @Override
  public ValueWording valueWording() {
    return ValueWording.OLDER;
  }

  @Override
  public BatchWriteItem.Request request(Members members, RequestHead head) {
    return new BatchWriteItem.Request(
        members.byTable(
            "RequestItems",
            (table, list) ->
                new WritesOfTable(
                    table, InTurn.listOf(list).stream().map(BatchWriteItemCodec::write).toList())),
        members.word("ReturnConsumedCapacity", ReturnConsumedCapacity.NONE),
        members.word("ReturnItemCollectionMetrics", ReturnItemCollectionMetrics.NONE));
  }

  @Override
  public void response(BatchWriteItem.Response response, JsonOutput json) {
    json.writeName("UnprocessedItems").writeStartObject();
    response.unprocessed().forEach(table -> unprocessed(json, table));
    json.writeEndObject();
    ItemResponses.collections(json, response.itemCollectionMetrics());
    ItemResponses.capacities(json, response.consumedCapacity(), ItemResponses.Kind.UNSAID);
  }

  private static void unprocessed(JsonOutput json, WritesOfTable table) {
    json.writeName(table.tableName()).writeStartArray();
    for (Write write : table.writes()) {
      json.writeStartObject();
      switch (write) {
        case Write.Put(Item item) -> member(json, "PutRequest", "Item", item);
        case Write.Delete(Item key) -> member(json, "DeleteRequest", "Key", key);
        case Write.Bad _ -> throw new IllegalStateException("a bad write was let through");
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void member(JsonOutput json, String request, String name, Item item) {
    json.writeName(request).writeStartObject();
    AttributeWriter.item(json, name, item);
    json.writeEndObject();
  }

  private static Write write(InTurn part) {
    Members put = part.members().structure("PutRequest");
    Members delete = part.members().structure("DeleteRequest");
    if ((put == null) == (delete == null)) {
      return new Write.Bad(
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
              + " supported datatypes");
    }
    if (part.badValue().isPresent()) {
      return new Write.Bad(part.badValue().get());
    }
    return put == null
        ? new Write.Delete(part.members().requiredStructure("DeleteRequest").requiredItem("Key"))
        : new Write.Put(put.requiredItem("Item"));
  }
}
