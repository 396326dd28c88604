package org.ostraka.server.query;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.identity.directory.PolicyText;
import org.ostraka.identity.iam.IamError;
import org.ostraka.identity.wire.MalformedPolicyException;
import org.ostraka.identity.wire.PolicyTexts;
import org.ostraka.identity.wire.PolicyUse;
import org.ostraka.model.Tags;

/** The parameters that several operations of IAM have, and how they are read. Stateless. */
final class IamParameters {
  private static final int MAX_NAME = 128;
  private static final int MAX_ARN = 2048;
  private static final int MIN_ARN = 20;
  private static final int MAX_PATH = 512;
  private static final int MAX_TAGS = 50;
  private static final int MAX_POLICY = 131_072;
  private static final int MAX_MARKER = 512;
  private static final int MAX_PAGE = 1_000;
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");

  static final Parameter PATH = Parameter.text("Path").length(1, MAX_PATH);
  static final Parameter PATH_PREFIX = Parameter.text("PathPrefix").length(1, MAX_PATH);
  static final Parameter MARKER = Parameter.text("Marker").length(1, MAX_MARKER);
  static final Parameter MAX_ITEMS = Parameter.number("MaxItems", 1, MAX_PAGE);
  static final Parameter POLICY_NAME =
      Parameter.text("PolicyName").length(1, MAX_NAME).asRequired();
  static final Parameter POLICY_DOCUMENT =
      Parameter.text("PolicyDocument").length(1, MAX_POLICY).asRequired();
  static final Parameter POLICY_ARN =
      Parameter.text("PolicyArn").length(MIN_ARN, MAX_ARN).asRequired();
  static final Parameter BOUNDARY = Parameter.text("PermissionsBoundary").length(MIN_ARN, MAX_ARN);
  static final Parameter DESCRIPTION = Parameter.text("Description").length(0, 1_000);
  static final Parameter TAG_KEY = Parameter.text("Key").length(1, MAX_NAME).asRequired();
  static final Parameter TAG_VALUE = Parameter.text("Value").length(0, 256).asRequired();
  static final Parameter TAGS = Parameter.structures("Tags", MAX_TAGS, TAG_KEY, TAG_VALUE);
  static final Parameter TAG_KEYS =
      Parameter.texts(Parameter.text("TagKeys").length(1, MAX_NAME).asRequired(), MAX_TAGS);

  private IamParameters() {}

  /** Returns the parameter that names an entity, such as {@code UserName}. */
  static Parameter named(String name) {
    return Parameter.text(name).length(1, MAX_NAME);
  }

  /** Returns the parameter that names an entity of a kind. */
  static Parameter name(EntityKind kind) {
    return switch (kind) {
      case USER -> named("UserName").asRequired();
      case GROUP -> named("GroupName").asRequired();
      case ROLE -> named("RoleName").asRequired();
      case POLICY -> POLICY_ARN;
      case PROVIDER, ACCESS_KEY -> throw new IllegalArgumentException(kind + " has no name");
    };
  }

  /** Returns the name of an entity. Refuses one that no entity can have. */
  static String name(Parameters in, Parameter parameter) {
    return legal(in.text(parameter), parameter);
  }

  /** Returns the name of an entity, if the request has one; see the other method of this name. */
  static Optional<String> findName(Parameters in, Parameter parameter) {
    return in.find(parameter).map(name -> legal(name, parameter));
  }

  private static String legal(String name, Parameter parameter) {
    if (!NAME.matcher(name).matches()) {
      String member = parameter.name();
      throw IamError.VALIDATION_ERROR.because(
          "The specified value for "
              + Character.toLowerCase(member.charAt(0))
              + member.substring(1)
              + " is invalid. It must contain only alphanumeric characters and/or the following:"
              + " +=,.@_-");
    }
    return name;
  }

  static Tags tags(Parameters in) {
    Map<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Parameters tag : in.structures(TAGS)) {
      if (tags.put(tag.text(TAG_KEY), tag.text(TAG_VALUE)) != null) {
        throw IamError.INVALID_INPUT.because(
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
    }
    return new Tags(tags);
  }

  /** Reads a policy of a request. Refuses one that is malformed. */
  static PolicyText policy(String text, PolicyUse use) {
    try {
      return PolicyTexts.read(text, use);
    } catch (MalformedPolicyException malformed) {
      throw IamError.MALFORMED_POLICY_DOCUMENT.because(malformed.why());
    }
  }

  static PolicyText policy(Parameters in) {
    return policy(in.text(POLICY_DOCUMENT), PolicyUse.IDENTITY);
  }

  /** Returns parameters with those of a page. */
  static List<Parameter> paged(Parameter... own) {
    return Stream.concat(List.of(own).stream(), List.of(MARKER, MAX_ITEMS).stream()).toList();
  }
}
