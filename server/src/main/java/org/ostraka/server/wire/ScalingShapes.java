package org.ostraka.server.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.ostraka.model.Tags;
import org.ostraka.model.scaling.Paging;
import org.ostraka.model.scaling.TargetKey;
import org.ostraka.model.scaling.TargetName;

/** Shapes and members that the operations of auto scaling share. Stateless. */
final class ScalingShapes {
  private static final int MAX_ID_CHARS = 1_600;
  private static final int MAX_NAME_CHARS = 256;
  private static final int MAX_LISTED = 50;

  static final Shape ID = new Shape.Text(TextRule.atLeast(1), TextRule.atMost(MAX_ID_CHARS));
  static final Shape NAME = new Shape.Text(TextRule.atLeast(1), TextRule.atMost(MAX_NAME_CHARS));
  static final Shape IDS = new Shape.ListOf(ID, 0, MAX_LISTED);
  static final Shape NUMBER =
      new Shape.Whole(Shape.Width.INTEGER, Integer.MIN_VALUE, Integer.MAX_VALUE);

  /** The services of the API's model; only one of them is here. */
  static final Shape.Member NAMESPACE =
      Shape.Member.required(
          "ServiceNamespace",
          new Shape.Text(
              TextRule.oneOf(
                  "ecs",
                  "elasticmapreduce",
                  "ec2",
                  "appstream",
                  "dynamodb",
                  "rds",
                  "sagemaker",
                  "custom-resource",
                  "comprehend",
                  "lambda",
                  "cassandra",
                  "kafka",
                  "elasticache",
                  "neptune",
                  "workspaces")));

  static final Shape.Member RESOURCE = Shape.Member.required("ResourceId", ID);
  static final Shape.Member SOME_RESOURCE = Shape.Member.optional("ResourceId", ID);
  static final Shape.Member DIMENSION = Shape.Member.required("ScalableDimension", Shapes.TEXT);
  static final Shape.Member SOME_DIMENSION =
      Shape.Member.optional("ScalableDimension", Shapes.TEXT);
  static final Shape.Member POLICY = Shape.Member.required("PolicyName", NAME);
  static final Shape.Member ACTION = Shape.Member.required("ScheduledActionName", NAME);
  static final Shape.Member MAX_RESULTS = Shape.Member.optional("MaxResults", NUMBER);
  static final Shape.Member NEXT_TOKEN = Shape.Member.optional("NextToken", Shapes.TEXT);
  static final Shape.Member ARN =
      Shape.Member.required(
          "ResourceARN", new Shape.Text(TextRule.atLeast(1), TextRule.atMost(1_011)));

  private ScalingShapes() {}

  /** Makes the shape of a request for one policy, action or target. */
  static Shape.Structure named(String javaName, Shape.Member... first) {
    return new Shape.Structure(
        javaName,
        Stream.concat(Stream.of(first), Stream.of(NAMESPACE, RESOURCE, DIMENSION)).toList());
  }

  /** Makes the shape of a request that describes what targets have, page by page. */
  static Shape.Structure described(String javaName, Shape.Member more) {
    return new Shape.Structure(
        javaName, more, NAMESPACE, SOME_RESOURCE, SOME_DIMENSION, MAX_RESULTS, NEXT_TOKEN);
  }

  static String namespace(Members members) {
    return members.requiredText("ServiceNamespace");
  }

  static TargetName target(Members members) {
    return new TargetName(
        namespace(members),
        members.requiredText("ResourceId"),
        members.requiredText("ScalableDimension"));
  }

  static Paging paging(Members members) {
    return new Paging(members.number("MaxResults"), members.text("NextToken"));
  }

  static Tags tags(Members members) {
    Map<String, String> map = members.textMap("Tags");
    return map == null ? Tags.NONE : new Tags(map);
  }

  static void key(JsonOutput json, TargetKey key) {
    json.writeStringProperty("ServiceNamespace", "dynamodb");
    json.writeStringProperty("ResourceId", key.resource().toString());
    json.writeStringProperty("ScalableDimension", key.dimension().toString());
  }

  /** Writes a list of objects, and the token of the next page. */
  static <T> void page(
      JsonOutput json,
      String name,
      List<T> entries,
      Optional<String> nextToken,
      Consumer<T> writing) {
    json.writeName(name).writeStartArray();
    for (T entry : entries) {
      json.writeStartObject();
      writing.accept(entry);
      json.writeEndObject();
    }
    json.writeEndArray();
    nextToken.ifPresent(token -> json.writeStringProperty("NextToken", token));
  }
}
