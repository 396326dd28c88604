package org.ostraka.engine.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.identity.directory.AccessKeyEntry;
import org.ostraka.identity.directory.Entity;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.identity.directory.Group;
import org.ostraka.identity.directory.Head;
import org.ostraka.identity.directory.Identity;
import org.ostraka.identity.directory.IdentityProvider;
import org.ostraka.identity.directory.ManagedPolicy;
import org.ostraka.identity.directory.PolicySet;
import org.ostraka.identity.directory.PolicyText;
import org.ostraka.identity.directory.Role;
import org.ostraka.identity.directory.User;
import org.ostraka.identity.wire.PolicyTexts;
import org.ostraka.identity.wire.PolicyUse;
import org.ostraka.model.Bytes;
import org.ostraka.model.Tags;
import org.ostraka.storage.CorruptDataException;

/** Entities as bytes. Part of the format on disk. Stateless. */
final class EntityItem {
  private static final String KIND = "kind";
  private static final String NAME = "name";
  private static final String PATH = "path";
  private static final String ID = "id";
  private static final String CREATED = "created";
  private static final String TAGS = "tags";
  private static final String BOUNDARY = "boundary";
  private static final String INLINE = "inline";
  private static final String ATTACHED = "attached";
  private static final String GROUPS = "groups";
  private static final String DESCRIPTION = "description";
  private static final String TRUST = "trust";
  private static final String MAX_SESSION = "maxSession";
  private static final String UPDATED = "updated";
  private static final String VERSIONS = "versions";
  private static final String VERSION = "version";
  private static final String DEFAULT = "default";
  private static final String LAST = "last";
  private static final String POLICY = "policy";
  private static final String USER = "user";
  private static final String SECRET = "secret";
  private static final String ACTIVE = "active";
  private static final String URL = "url";
  private static final String CLIENT_IDS = "clientIds";
  private static final String THUMBPRINTS = "thumbprints";
  private static final String JWKS = "jwks";

  private EntityItem() {}

  /** Opens or seals the secrets of access keys. */
  interface Secrets {
    Bytes seal(AccessKeyEntry key);

    org.ostraka.identity.signature.Secret open(String accessKeyId, Bytes sealed);
  }

  static Bytes encode(Entity entity, Secrets secrets) {
    Attributes attributes = new Attributes().text(KIND, entity.key().kind().name());
    switch (entity) {
      case User user -> {
        identity(attributes, user);
        actor(attributes, user.tags(), user.boundary());
        attributes.texts(GROUPS, List.copyOf(user.groups()));
      }
      case Group group -> identity(attributes, group);
      case Role role -> {
        identity(attributes, role);
        actor(attributes, role.tags(), role.boundary());
        attributes
            .text(DESCRIPTION, role.description())
            .text(TRUST, role.trust().text())
            .number(MAX_SESSION, role.maxSession().toSeconds());
      }
      case ManagedPolicy policy -> policy(attributes, policy);
      case AccessKeyEntry key -> {
        attributes.text(ID, key.id());
        key.userId().ifPresent(id -> attributes.text(USER, id));
        attributes
            .bytes(SECRET, secrets.seal(key))
            .flag(ACTIVE, key.isActive())
            .instant(CREATED, Optional.of(key.created()));
      }
      case IdentityProvider provider -> {
        attributes
            .text(URL, provider.url())
            .texts(CLIENT_IDS, provider.clientIds())
            .texts(THUMBPRINTS, provider.thumbprints())
            .instant(CREATED, Optional.of(provider.created()));
        provider.jwks().ifPresent(jwks -> attributes.text(JWKS, jwks));
        tags(attributes, provider.tags());
      }
    }
    return ItemEncoding.encode(attributes.item());
  }

  private static void head(Attributes attributes, Head head) {
    attributes
        .text(NAME, head.name())
        .text(PATH, head.path())
        .text(ID, head.id())
        .instant(CREATED, Optional.of(head.created()));
  }

  private static void identity(Attributes attributes, Identity identity) {
    head(attributes, identity.head());
    Attributes inline = new Attributes();
    identity.policies().inline().forEach((name, policy) -> inline.text(name, policy.text()));
    attributes.map(INLINE, inline);
    attributes.texts(ATTACHED, List.copyOf(identity.policies().attached()));
  }

  private static void actor(Attributes attributes, Tags tags, Optional<String> boundary) {
    tags(attributes, tags);
    boundary.ifPresent(arn -> attributes.text(BOUNDARY, arn));
  }

  private static void tags(Attributes attributes, Tags tags) {
    Attributes map = new Attributes();
    tags.byKey().forEach(map::text);
    attributes.map(TAGS, map);
  }

  private static void policy(Attributes attributes, ManagedPolicy policy) {
    head(attributes, policy.head());
    tags(attributes, policy.tags());
    attributes
        .text(DESCRIPTION, policy.description())
        .instant(UPDATED, Optional.of(policy.updated()))
        .number(DEFAULT, policy.defaultVersion())
        .number(LAST, policy.lastVersion())
        .list(
            VERSIONS,
            policy.versions().entrySet().stream()
                .map(each ->
                    new Attributes()
                        .number(VERSION, each.getKey())
                        .text(POLICY, each.getValue().policy().text())
                        .instant(CREATED, Optional.of(each.getValue().created())))
                .toList());
  }

  /**
   * Returns the entity of these bytes.
   *
   * @throws CorruptDataException when they are not those of an entity
   */
  static Entity decode(Bytes value, Secrets secrets) {
    try {
      return entity(new Attributes(ItemEncoding.decode(value).attributes()), secrets);
    } catch (IllegalArgumentException | ArithmeticException broken) {
      throw new CorruptDataException("an entity of the directory cannot be read", broken);
    }
  }

  private static Entity entity(Attributes from, Secrets secrets) {
    return switch (EntityKind.valueOf(from.text(KIND))) {
      case USER ->
          new User(
              head(from),
              tags(from),
              from.optionalText(BOUNDARY),
              policies(from),
              new TreeSet<>(from.texts(GROUPS)));
      case GROUP -> new Group(head(from), policies(from));
      case ROLE ->
          new Role(
              head(from),
              from.text(DESCRIPTION),
              PolicyTexts.read(from.text(TRUST), PolicyUse.TRUST),
              Duration.ofSeconds(from.number(MAX_SESSION)),
              tags(from),
              from.optionalText(BOUNDARY),
              policies(from));
      case POLICY -> managed(from);
      case ACCESS_KEY ->
          new AccessKeyEntry(
              from.text(ID),
              from.optionalText(USER),
              secrets.open(from.text(ID), from.optionalBytes(SECRET).orElseThrow(() -> missing())),
              from.flag(ACTIVE),
              created(from));
      case PROVIDER ->
          new IdentityProvider(
              from.text(URL),
              from.texts(CLIENT_IDS),
              from.texts(THUMBPRINTS),
              from.optionalText(JWKS),
              tags(from),
              created(from));
    };
  }

  private static ManagedPolicy managed(Attributes from) {
    SortedMap<Integer, ManagedPolicy.Version> versions = new TreeMap<>();
    for (Attributes each : from.list(VERSIONS)) {
      versions.put(
          Math.toIntExact(each.number(VERSION)),
          new ManagedPolicy.Version(
              PolicyTexts.read(each.text(POLICY), PolicyUse.IDENTITY), created(each)));
    }
    return new ManagedPolicy(
        head(from),
        false,
        from.text(DESCRIPTION),
        tags(from),
        from.instant(UPDATED).orElseThrow(EntityItem::missing),
        versions,
        Math.toIntExact(from.number(DEFAULT)),
        Math.toIntExact(from.number(LAST)));
  }

  private static Head head(Attributes from) {
    return new Head(from.text(NAME), from.text(PATH), from.text(ID), created(from));
  }

  private static PolicySet policies(Attributes from) {
    SortedMap<String, PolicyText> inline = new TreeMap<>();
    Attributes texts = from.map(INLINE);
    texts
        .names()
        .forEach(name -> inline.put(name, PolicyTexts.read(texts.text(name), PolicyUse.IDENTITY)));
    return new PolicySet(inline, new TreeSet<>(from.texts(ATTACHED)));
  }

  private static Tags tags(Attributes from) {
    Attributes map = from.map(TAGS);
    Map<String, String> tags = new TreeMap<>();
    map.names().forEach(name -> tags.put(name, map.text(name)));
    return new Tags(tags);
  }

  private static Instant created(Attributes from) {
    return from.instant(CREATED).orElseThrow(EntityItem::missing);
  }

  private static IllegalArgumentException missing() {
    return new IllegalArgumentException("an attribute is missing");
  }
}
