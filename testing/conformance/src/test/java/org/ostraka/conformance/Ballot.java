package org.ostraka.conformance;

import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.enhanced.dynamodb.extensions.annotations.DynamoDbAtomicCounter;
import software.amazon.awssdk.enhanced.dynamodb.extensions.annotations.DynamoDbVersionAttribute;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSortKey;

/**
 * A ballot as a bean for the enhanced client: public, mutable, with a getter and a setter for each
 * attribute. One thread uses it.
 */
@DynamoDbBean
public final class Ballot {

  private String election;
  private Integer number;
  private String candidate;
  private Double weight;
  private Boolean valid;
  private Set<String> witnesses;
  private List<String> choices;
  private Map<String, Integer> rounds;
  private Long version;
  private Long changes;

  public Ballot() {}

  static Ballot of(int number, String candidate, double weight) {
    Ballot ballot = new Ballot();
    ballot.setElection("archon");
    ballot.setNumber(number);
    ballot.setCandidate(candidate);
    ballot.setWeight(weight);
    return ballot;
  }

  @DynamoDbPartitionKey
  public String getElection() {
    return election;
  }

  public void setElection(String election) {
    this.election = election;
  }

  @DynamoDbSortKey
  public Integer getNumber() {
    return number;
  }

  public void setNumber(Integer number) {
    this.number = number;
  }

  public String getCandidate() {
    return candidate;
  }

  public void setCandidate(String candidate) {
    this.candidate = candidate;
  }

  public Double getWeight() {
    return weight;
  }

  public void setWeight(Double weight) {
    this.weight = weight;
  }

  public Boolean getValid() {
    return valid;
  }

  public void setValid(Boolean valid) {
    this.valid = valid;
  }

  public Set<String> getWitnesses() {
    return witnesses;
  }

  public void setWitnesses(Set<String> witnesses) {
    this.witnesses = witnesses;
  }

  public List<String> getChoices() {
    return choices;
  }

  public void setChoices(List<String> choices) {
    this.choices = choices;
  }

  public Map<String, Integer> getRounds() {
    return rounds;
  }

  public void setRounds(Map<String, Integer> rounds) {
    this.rounds = rounds;
  }

  /** Returns the version, which the enhanced client compares and increments with every write. */
  @DynamoDbVersionAttribute
  public Long getVersion() {
    return version;
  }

  public void setVersion(Long version) {
    this.version = version;
  }

  /** Returns the number of changes, which the server increments with every update, from 1. */
  @DynamoDbAtomicCounter(startValue = 1)
  public Long getChanges() {
    return changes;
  }

  public void setChanges(Long changes) {
    this.changes = changes;
  }
}
