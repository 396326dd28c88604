package org.ostraka.voting.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Trees after RFC 6962 and RFC 9162, with the roots of Certificate Transparency's reference tree.
 */
final class MerkleTreeTest {
  private static final int LARGEST = 70;

  private static final List<Hash> REFERENCE =
      Stream.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .map(leaf -> Hash.ofLeaf(HexFormat.of().parseHex(leaf)))
          .toList();

  @ParameterizedTest
  @CsvSource({
    "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
  })
  void rootsAreThoseOfTheReferenceTree(int size, String root) {
    assertThat(new MerkleTree(REFERENCE).first(size).root()).hasToString(root);
    assertThat(frontier(REFERENCE.subList(0, size)).root()).hasToString(root);
  }

  @Test
  void whatIsNotInATreeHasNoProof() {
    MerkleTree tree = new MerkleTree(leaves(3));
    for (int index : new int[] {-1, 3, 4}) {
      assertThatThrownBy(() -> tree.inclusion(index)).hasMessage("no leaf " + index);
    }
    for (int size : new int[] {-1, 0, 4}) {
      assertThatThrownBy(() -> tree.consistency(size))
          .hasMessage("no smaller tree of size " + size);
    }
  }

  @Test
  void everyLeafIsProvedInEveryTreeAndNothingElseIs() {
    for (int size = 1; size <= LARGEST; size++) {
      MerkleTree tree = new MerkleTree(leaves(size));
      Hash root = tree.root();
      assertThat(frontier(leaves(size)).root()).isEqualTo(root);
      for (int index = 0; index < size; index++) {
        List<Hash> proof = tree.inclusion(index);
        Hash leaf = leaves(size).get(index);
        assertThat(MerkleTree.includes(leaf, index, size, proof, root)).isTrue();
        assertThat(MerkleTree.includes(other(leaf), index, size, proof, root)).isFalse();
        assertThat(MerkleTree.includes(leaf, index, size, proof, other(root))).isFalse();
        assertThat(MerkleTree.includes(leaf, size, size, proof, root)).isFalse();
        assertThat(MerkleTree.includes(leaf, -1, size, proof, root)).isFalse();
        for (int elsewhere = 0; elsewhere < size; elsewhere++) {
          assertThat(MerkleTree.includes(leaf, elsewhere, size, proof, root))
              .isEqualTo(elsewhere == index);
        }
        for (List<Hash> wrong : altered(proof)) {
          assertThat(MerkleTree.includes(leaf, index, size, wrong, root)).isFalse();
        }
      }
    }
  }

  @Test
  void everyTreeIsProvedToBeginWithEverySmallerOneAndWithNoOther() {
    for (int size = 1; size <= LARGEST; size++) {
      MerkleTree tree = new MerkleTree(leaves(size));
      Hash root = tree.root();
      for (int before = 1; before <= size; before++) {
        List<Hash> proof = tree.consistency(before);
        Hash first = tree.first(before).root();
        assertThat(MerkleTree.isConsistent(before, first, size, root, proof)).isTrue();
        assertThat(MerkleTree.isConsistent(before, other(first), size, root, proof)).isFalse();
        assertThat(MerkleTree.isConsistent(before, first, size, other(root), proof)).isFalse();
        assertThat(MerkleTree.isConsistent(0, first, size, root, proof)).isFalse();
        assertThat(MerkleTree.isConsistent(size + 1, first, size, root, proof)).isFalse();
        for (List<Hash> wrong : altered(proof)) {
          assertThat(MerkleTree.isConsistent(before, first, size, root, wrong)).isFalse();
        }
      }
    }
  }

  @Test
  void aTreeOverTheFirstLeavesProvesWhatATreeOfThemProves() {
    MerkleTree whole = new MerkleTree(leaves(LARGEST));
    for (int size = 1; size <= LARGEST; size++) {
      MerkleTree alone = new MerkleTree(leaves(size));
      MerkleTree first = whole.first(size);
      assertThat(first.root()).isEqualTo(alone.root());
      for (int index = 0; index < size; index++) {
        assertThat(first.inclusion(index)).isEqualTo(alone.inclusion(index));
        assertThat(first.consistency(index + 1)).isEqualTo(alone.consistency(index + 1));
      }
      int larger = size + 1;
      assertThatThrownBy(() -> first.first(larger)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aTreeWithARewrittenLeafHasNoProof() {
    List<Hash> rewritten = new ArrayList<>(leaves(LARGEST));
    Hash _ = rewritten.set(3, Hash.ofText("another"));
    Hash honest = new MerkleTree(leaves(40)).root();
    MerkleTree tree = new MerkleTree(rewritten);
    assertThat(MerkleTree.isConsistent(40, honest, LARGEST, tree.root(), tree.consistency(40)))
        .isFalse();
  }

  private static Frontier frontier(List<Hash> leaves) {
    Frontier frontier = Frontier.EMPTY;
    for (Hash leaf : leaves) {
      frontier = frontier.with(leaf);
    }
    return frontier;
  }

  private static List<Hash> leaves(int size) {
    return IntStream.range(0, size)
        .mapToObj(leaf -> Hash.ofLeaf(("leaf " + leaf).getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  private static Hash other(Hash hash) {
    byte[] bytes = hash.bytes();
    bytes[7] ^= 1;
    return Hash.of(bytes);
  }

  /** Returns the proof with each hash changed, with the last one removed, and with one more. */
  private static List<List<Hash>> altered(List<Hash> proof) {
    List<List<Hash>> altered = new ArrayList<>();
    for (int at = 0; at < proof.size(); at++) {
      List<Hash> changed = new ArrayList<>(proof);
      Hash _ = changed.set(at, other(proof.get(at)));
      altered.add(changed);
    }
    if (!proof.isEmpty()) {
      altered.add(proof.subList(0, proof.size() - 1));
    }
    List<Hash> longer = new ArrayList<>(proof);
    longer.add(Hash.EMPTY_TREE);
    altered.add(longer);
    return altered;
  }
}
