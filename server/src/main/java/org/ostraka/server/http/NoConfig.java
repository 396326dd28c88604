package org.ostraka.server.http;

import io.helidon.common.GenericType;
import io.helidon.config.Config;
import io.helidon.config.ConfigValue;
import io.helidon.config.ConfigValues;
import io.helidon.config.MissingValueException;
import io.helidon.config.spi.ConfigMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A configuration of Helidon in which nothing is set. Helidon's own empty configuration first makes
 * all of its converters. Immutable.
 */
@SuppressWarnings("unchecked") // Helidon's two interfaces differ in what asNodeList returns
final class NoConfig implements Config {
  @Override
  public Instant timestamp() {
    return Instant.EPOCH;
  }

  @Override
  public Key key() {
    return Key.create("");
  }

  @Override
  public Config root() {
    return this;
  }

  @Override
  public Config get(String key) {
    return this;
  }

  @Override
  public Config get(Key key) {
    return this;
  }

  @Override
  public Config detach() {
    return this;
  }

  @Override
  public Type type() {
    return Type.MISSING;
  }

  @Override
  public boolean hasValue() {
    return false;
  }

  @Override
  public Stream<Config> traverse(Predicate<Config> predicate) {
    return Stream.empty();
  }

  @Override
  public <T> T convert(Class<T> type, String value) {
    throw new UnsupportedOperationException("without converters");
  }

  @Override
  public ConfigMapper mapper() {
    throw new UnsupportedOperationException("without converters");
  }

  @Override
  public <T> ConfigValue<T> as(GenericType<T> type) {
    return ConfigValues.empty();
  }

  @Override
  public <T> ConfigValue<T> as(Class<T> type) {
    return ConfigValues.empty();
  }

  @Override
  public <T> ConfigValue<T> as(Function<Config, T> mapper) {
    return ConfigValues.empty();
  }

  @Override
  public <T> ConfigValue<List<T>> asList(Class<T> type) {
    return ConfigValues.empty();
  }

  @Override
  public <T> ConfigValue<List<T>> asList(Function<Config, T> mapper) {
    return ConfigValues.empty();
  }

  @Override
  public ConfigValue<List<Config>> asNodeList() {
    return ConfigValues.empty();
  }

  @Override
  public ConfigValue<Map<String, String>> asMap() throws MissingValueException {
    return ConfigValues.empty();
  }
}
