package org.ostraka.delivery.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.delivery.json.JsonSyntaxException;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.delivery.wire.JsonText;

/**
 * The language of filter patterns, by "Filter rule syntax" in the AWS Lambda Developer Guide and
 * "Comparison operators" in the Amazon EventBridge User Guide. Single quotes stand for double ones.
 */
final class FilterPatternTest {

  private static final String EVENT =
      """
      {'eventName': 'MODIFY', 'nothing': null, 'empty': '', 'size': 300, 'on': true,
       'userIdentity': {'type': 'Service', 'principalId': 'dynamodb.amazonaws.com'},
       'dynamodb': {
         'Keys': {'id': {'S': 'order-7'}},
         'NewImage': {'tags': {'SS': ['red', 'blue']}, 'total': {'N': '12.5'}, 'none': {'NULL': true},
                      'lines': {'L': [{'M': {'sku': {'S': 'a'}, 'count': {'N': '1'}}},
                                      {'M': {'sku': {'S': 'b'}, 'count': {'N': '2'}}}]}}}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'eventName': ['MODIFY']} | true",
        "{'eventName': ['modify']} | false",
        "{'eventName': ['INSERT', 'MODIFY']} | true",
        "{'eventName': ['MODIFY'], 'size': [301]} | false",
        "{'nothing': [null]} | true",
        "{'absent': [null]} | false",
        "{'empty': ['']} | true",
        "{'on': [true]} | true",
        "{'on': ['true']} | false",
        "{'size': [300.0]} | true",
        "{'eventName': [{'equals-ignore-case': 'modiFY'}]} | true",
        "{'eventName': [{'prefix': 'MOD'}]} | true",
        "{'eventName': [{'prefix': 'mod'}]} | false",
        "{'eventName': [{'prefix': {'equals-ignore-case': 'mod'}}]} | true",
        "{'eventName': [{'suffix': 'IFY'}]} | true",
        "{'eventName': [{'suffix': {'equals-ignore-case': 'ify'}}]} | true",
        "{'size': [{'prefix': '3'}]} | false",
        "{'eventName': [{'wildcard': 'M*F*'}]} | true",
        "{'eventName': [{'wildcard': 'M*X*'}]} | false",
        "{'eventName': [{'anything-but': 'MODIFY'}]} | false",
        "{'eventName': [{'anything-but': ['INSERT', 'REMOVE']}]} | true",
        "{'size': [{'anything-but': 300}]} | false",
        "{'size': [{'anything-but': [1, 2]}]} | true",
        "{'eventName': [{'anything-but': {'prefix': 'MOD'}}]} | false",
        "{'eventName': [{'anything-but': {'suffix': ['X', 'Y']}}]} | false",
        "{'eventName': [{'anything-but': {'equals-ignore-case': ['insert']}}]} | true",
        "{'eventName': [{'anything-but': {'wildcard': '*OD*'}}]} | false",
        "{'absent': [{'anything-but': 'x'}]} | false",
        "{'size': [{'numeric': ['=', 300]}]} | true",
        "{'size': [{'numeric': ['>', 300]}]} | false",
        "{'size': [{'numeric': ['>=', 300, '<', 301]}]} | true",
        "{'dynamodb': {'NewImage': {'total': {'N': [{'numeric': ['>', 5]}]}}}} | false",
        "{'dynamodb': {'NewImage': {'total': {'N': ['12.5']}}}} | true",
        "{'dynamodb': {'NewImage': {'total': {'N': [{'exists': true}]}}}} | true",
        "{'dynamodb': {'NewImage': {'total': [{'exists': true}]}}} | false",
        "{'dynamodb': {'NewImage': {'total': {'S': [{'exists': false}]}}}} | true",
        "{'dynamodb': {'OldImage': {'total': {'N': [{'exists': false}]}}}} | true",
        "{'dynamodb': {'OldImage': {'total': {'N': [{'exists': true}]}}}} | false",
        "{'dynamodb': {'NewImage': {'tags': {'SS': ['blue']}}}} | true",
        "{'dynamodb': {'NewImage': {'tags': {'SS': [{'anything-but': 'blue'}]}}}} | true",
        "{'dynamodb': {'NewImage': {'none': {'NULL': [true]}}}} | true",
        "{'$or': [{'eventName': ['INSERT']}, {'size': [300]}]} | true",
        "{'$or': [{'eventName': ['INSERT']}, {'size': [301]}]} | false",
        "{'eventName': ['REMOVE'], '$or': [{'size': [300]}, {'on': [true]}]} | false",
        "{'dynamodb': {'Keys': {'id': {'$or': [{'N': ['7']}, {'S': [{'suffix': '-7'}]}]}}}} | true",
        "{'userIdentity': {'type': ['Service'], 'principalId': ['dynamodb.amazonaws.com']}} | true"
      })
  void selectsEvents(String pattern, boolean expected) {
    assertThat(pattern(pattern).matches(json(EVENT))).isEqualTo(expected);
  }

  @Test
  void fieldsOfAnElementHoldOfTheSameElement() {
    String bothOfOne =
        "{'dynamodb':{'NewImage':{'lines':{'L':{'M':{'sku':{'S':['b']},'count':{'N':['2']}}}}}}}";
    String oneOfEach = bothOfOne.replace("'2'", "'1'");

    assertThat(pattern(bothOfOne).matches(json(EVENT))).isTrue();
    assertThat(pattern(oneOfEach).matches(json(EVENT))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{'a': 'b'}",
        "{'a': []}",
        "{'a': {}}",
        "{'a': [['b']]}",
        "{'a': [{'exists': 'yes'}]}",
        "{'a': [{'contains': 'x'}]}",
        "{'a': [{'prefix': 'x', 'suffix': 'y'}]}",
        "{'a': [{'prefix': 1}]}",
        "{'a': [{'numeric': ['>']}]}",
        "{'a': [{'numeric': ['!', 1]}]}",
        "{'a': [{'numeric': ['<', 1, '>', 0]}]}",
        "{'a': [{'numeric': ['>', 1, '<', 1]}]}",
        "{'a': [{'numeric': ['>', 5000000001]}]}",
        "{'a': [{'anything-but': []}]}",
        "{'a': [{'anything-but': ['x', 1]}]}",
        "{'a': [{'anything-but': true}]}",
        "{'a': [{'anything-but': {'numeric': ['=', 1]}}]}",
        "{'a': [{'wildcard': 'a**b'}]}",
        "{'a': [{'wildcard': 'a\\\\x'}]}"
      })
  void refusesWhatIsNoPattern(String pattern) {
    assertThatThrownBy(() -> pattern(pattern)).isInstanceOf(JsonSyntaxException.class);
  }

  @Test
  void theMessageNamesThePlace() {
    assertThatThrownBy(() -> pattern("{'dynamodb': {'Keys': {'id': {'S': 'x'}}}}"))
        .hasMessage("dynamodb.Keys.id.S: a field is an object or an array of rules, not a string");
  }

  @ParameterizedTest
  @CsvSource({
    "a*c, abc, true",
    "a*c, ac, true",
    "a*c, ab, false",
    "*, anything, true",
    "aa*aa, aaa, false",
    "*b*b*, abcb, true",
    "*b*b*, abc, false",
    "a\\*c, a*c, true",
    "a\\*c, abc, false"
  })
  void starsStandForAnyCharacters(String wildcard, String text, boolean expected) {
    assertThat(Wildcard.of(wildcard, "").matches(text)).isEqualTo(expected);
  }

  private static FilterPattern pattern(String text) {
    return FilterPattern.of(json(text));
  }

  private static JsonValue json(String text) {
    return JsonText.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
