package org.ostraka.voting.recount;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Compares the versions of an election with each other, in all regions: they follow on each other
 * without gaps, and differ in nothing that an operator may not change. One thread.
 */
record VersionAudit(VoteTable table, Scope scope, Findings findings) {

  void compare() {
    Map<Map<String, AttributeValue>, Map<String, AttributeValue>> found = new HashMap<>();
    for (String region : scope.regions()) {
      List<Map<String, AttributeValue>> versions =
          new Elections(table).versions(scope.election().id(), region);
      compare(region, versions);
      for (Map<String, AttributeValue> row : versions) {
        Map<String, AttributeValue> other = found.putIfAbsent(Keys.of(row), row);
        if (other != null && !other.equals(row)) {
          findings.add(title(row) + " of the election is another one in " + region);
        }
      }
    }
  }

  private void compare(String region, List<Map<String, AttributeValue>> versions) {
    Election election = scope.election();
    int number = 0;
    for (Map<String, AttributeValue> row : versions) {
      number++;
      String name = title(row) + " of the election in " + region;
      Optional<Election> read = read(row);
      if (read.isEmpty()) {
        findings.add(name + " cannot be read");
      } else if (read.get().version() != number
          || !Keys.of(row).equals(Keys.election(election.id(), number))) {
        findings.add(name + " is where version " + number + " should be");
      }
      Set<String> changed = changed(row, versions.getFirst());
      if (!changed.isEmpty()) {
        findings.add(name + " has other " + String.join(", ", changed) + " than the first one");
      }
    }
    if (number < election.version()) {
      findings.add(
          region + " has " + number + " versions of the election, not " + election.version());
    }
  }

  /** Returns the attributes in which a version differs from the first one and must not. */
  private static Set<String> changed(
      Map<String, AttributeValue> row, Map<String, AttributeValue> first) {
    Map<String, AttributeValue> here = Elections.constants(row);
    Map<String, AttributeValue> there = Elections.constants(first);
    Set<String> changed = new TreeSet<>(here.keySet());
    changed.addAll(there.keySet());
    changed.removeIf(name -> Objects.equals(here.get(name), there.get(name)));
    return changed;
  }

  private Optional<Election> read(Map<String, AttributeValue> row) {
    try {
      return Optional.of(Elections.of(scope.election().id(), row));
    } catch (RuntimeException malformed) {
      // Whoever has an operator's key can write anything into the row.
      return Optional.empty();
    }
  }

  private static String title(Map<String, AttributeValue> row) {
    return Attributes.text(row, Keys.SORT);
  }
}
