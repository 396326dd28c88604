package org.ostraka.engine.catalogue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Region;

/**
 * A global table as part of the record of its replica, and of messages between regions. Part of the
 * format on disk. Stateless.
 */
final class GlobalTableItem {
  private GlobalTableItem() {}

  static Attributes of(GlobalTable global) {
    List<Attributes> settings = new ArrayList<>();
    new TreeMap<>(global.settings())
        .forEach((name, setting) ->
            settings.add(
                edition(new Attributes(), setting.edition())
                    .text("name", name)
                    .text("value", setting.value())));
    return new Attributes()
        .text("id", global.id().toString())
        .list("members", global.members().stream().map(GlobalTableItem::member).toList())
        .list("settings", settings);
  }

  static GlobalTable global(Attributes attributes) {
    Map<String, GlobalTable.Setting> settings = new HashMap<>();
    attributes
        .list("settings")
        .forEach(each ->
            settings.put(
                each.text("name"), new GlobalTable.Setting(each.text("value"), edition(each))));
    return new GlobalTable(
        UUID.fromString(attributes.text("id")),
        attributes.list("members").stream().map(GlobalTableItem::member).toList(),
        settings);
  }

  private static Attributes member(GlobalTable.Member member) {
    return edition(new Attributes(), member.edition())
        .text("region", member.region().value())
        .text("state", member.state().name())
        .text("source", member.source().value())
        .flag("copied", member.copied())
        .flag("confirmed", member.confirmed());
  }

  private static GlobalTable.Member member(Attributes attributes) {
    return new GlobalTable.Member(
        new Region(attributes.text("region")),
        GlobalTable.State.valueOf(attributes.text("state")),
        new Region(attributes.text("source")),
        edition(attributes),
        attributes.flag("copied"),
        attributes.flag("confirmed"));
  }

  private static Attributes edition(Attributes attributes, GlobalTable.Edition edition) {
    return attributes
        .number("time", edition.time().toEpochMilli())
        .text("by", edition.region().value());
  }

  private static GlobalTable.Edition edition(Attributes attributes) {
    return new GlobalTable.Edition(
        Instant.ofEpochMilli(attributes.number("time")), new Region(attributes.text("by")));
  }
}
