package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The chart, rendered by Helm's own engine; a key that stands twice is refused. */
@Timeout(120)
final class HelmChartIT {
  private static final Map<String, Object> FEWEST =
      Map.of(
          "store.url", "postgresql://ostraka@db1:5432/votes",
          "store.password.secret", "store",
          "rootKey.secret", "root",
          "tls.secret", "tls");

  private final Path chart =
      Distribution.moduleDirectory().resolve("../../deploy/helm/ostraka").normalize();

  @Test
  void theFewestValuesMakeAllThatAServerNeeds() {
    Map<String, Map<String, Object>> objects = render(Map.of());
    assertThat(new TreeSet<>(objects.keySet()))
        .containsExactly(
            "Deployment", "NetworkPolicy", "PodDisruptionBudget", "Service", "ServiceAccount");
    objects.forEach((kind, object) -> {
      assertThat(object).as(kind).containsKeys("apiVersion", "kind", "metadata");
      assertThat(at(object, "metadata", "name")).as(kind).isEqualTo("votes");
    });
    Object labels = at(objects.get("Deployment"), "spec", "template", "metadata", "labels");
    Map<String, Object> selector =
        map(at(objects.get("Deployment"), "spec", "selector", "matchLabels"));
    assertThat(map(labels)).containsAllEntriesOf(selector);
    assertThat(at(objects.get("Service"), "spec", "selector")).isEqualTo(selector);
    assertThat(at(objects.get("PodDisruptionBudget"), "spec", "selector", "matchLabels"))
        .isEqualTo(selector);
    assertThat(at(objects.get("NetworkPolicy"), "spec", "podSelector", "matchLabels"))
        .isEqualTo(selector);
    assertThat(at(objects.get("PodDisruptionBudget"), "spec", "maxUnavailable")).isEqualTo(1);
    assertThat(at(objects.get("Deployment"), "spec", "replicas")).isEqualTo(3);
  }

  @Test
  void probesAskForTheHealthLineAndLivenessOnlyConnects() {
    Map<String, Object> server = server(render(Map.of()));
    Map<String, Object> health = Map.of("path", "/", "port", "api", "scheme", "HTTPS");
    assertThat(at(server, "startupProbe", "httpGet")).isEqualTo(health);
    assertThat(at(server, "readinessProbe", "httpGet")).isEqualTo(health);
    assertThat(at(server, "livenessProbe", "tcpSocket")).isEqualTo(Map.of("port", "api"));
    assertThat(map(at(server, "livenessProbe"))).doesNotContainKey("httpGet");
    assertThat(at(server, "ports"))
        .isEqualTo(List.of(Map.of("name", "api", "containerPort", 8000)));
    assertThat(at(server, "securityContext", "readOnlyRootFilesystem")).isEqualTo(true);
    assertThat(list(at(server, "args")))
        .containsSubsequence("serve", "--store", "postgresql://ostraka@db1:5432/votes")
        .contains("--auth", "--tls-certificate")
        .doesNotContain("--insecure");
  }

  @Test
  void onlyThePortOfTheApiIsOpenAndServersReachTheDatabase() {
    Map<String, Object> policy =
        map(at(render(Map.of("networkPolicy.https", true)).get("NetworkPolicy"), "spec"));
    assertThat(policy.get("policyTypes")).isEqualTo(List.of("Ingress", "Egress"));
    assertThat(ports(policy.get("ingress"))).containsExactly("api");
    assertThat(ports(policy.get("egress"))).containsExactly(53, 53, 5432, 443);
  }

  @Test
  void autoscalingReplacesTheNumberOfServers() {
    Map<String, Map<String, Object>> objects =
        render(
            Map.of(
                "autoscaling.enabled", true,
                "autoscaling.maxReplicas", 12,
                "networkPolicy.enabled", false,
                "ingress.enabled", true,
                "ingress.host", "db.example"));
    Map<String, Object> scaler = map(at(objects.get("HorizontalPodAutoscaler"), "spec"));
    assertThat(at(scaler, "scaleTargetRef", "name"))
        .isEqualTo(at(objects.get("Deployment"), "metadata", "name"));
    assertThat(scaler).containsEntry("minReplicas", 3).containsEntry("maxReplicas", 12);
    assertThat(map(at(objects.get("Deployment"), "spec"))).doesNotContainKey("replicas");
    assertThat(objects).doesNotContainKey("NetworkPolicy").containsKey("Ingress");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tls.secret      | ''                               | name tls.secret and rootKey.secret",
        "store.url       | postgresql://u:secret@db/votes   | store",
        "replicas        | 0                                | replicas",
        "ingress.enabled | true                             | ingress.host is missing",
        "unknown         | 1                                | unknown"
      })
  void wrongValuesAreRefused(String name, String value, String message) {
    assertThatThrownBy(() -> render(Map.of(name, value))).hasMessageContaining(message);
  }

  /** Returns the objects by their kinds, of which the chart has one each. */
  private Map<String, Map<String, Object>> render(Map<String, Object> more) {
    TemplateCommand template =
        new Helm(chart).template().withName("votes").withKubeVersion("1.30.0");
    Map<String, Object> values = new LinkedHashMap<>(FEWEST);
    values.putAll(more);
    values.forEach(template::set);
    Map<String, Map<String, Object>> objects = new LinkedHashMap<>();
    Load yaml = new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build());
    for (Object each : yaml.loadAllFromString(template.call())) {
      if (each != null) {
        Map<String, Object> object = map(each);
        assertThat(objects.put(String.valueOf(object.get("kind")), object)).isNull();
      }
    }
    return objects;
  }

  private static Map<String, Object> server(Map<String, Map<String, Object>> objects) {
    return map(
        list(at(objects.get("Deployment"), "spec", "template", "spec", "containers")).getFirst());
  }

  private static List<Object> ports(Object rules) {
    List<Object> ports = new ArrayList<>();
    for (Object rule : list(rules)) {
      list(at(map(rule), "ports")).forEach(port -> ports.add(at(map(port), "port")));
    }
    return ports;
  }

  private static Object at(Map<String, Object> object, String... path) {
    Object place = object;
    for (String name : path) {
      assertThat(map(place)).containsKey(name);
      place = map(place).get(name);
    }
    return place;
  }

  private static Map<String, Object> map(Object value) {
    assertThat(value).isInstanceOf(Map.class);
    Map<String, Object> map = new LinkedHashMap<>();
    ((Map<?, ?>) value).forEach((key, each) -> map.put(String.valueOf(key), each));
    return map;
  }

  private static List<Object> list(Object value) {
    assertThat(value).isInstanceOf(List.class);
    return new ArrayList<>((List<?>) value);
  }
}
