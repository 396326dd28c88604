package org.ostraka.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.ostraka.cli.SourceTree.SourceFile;

/**
 * Checks the style rules that a machine can check, on every file of the repository. A failure names
 * the place and the better choice.
 */
final class TidyTest {

  private static final int FILE_LINES_MAX = 600;
  private static final int METHOD_LINES_MAX = 60;
  private static final int NESTING_MAX = 4;

  /** Files that may be longer, by their path from the root, each with its reason. */
  private static final Map<String, String> LONG_FILES = Map.of();

  private static final Set<String> EMPTY_WORDS =
      Set.of("Manager", "Helper", "Util", "Utils", "Impl", "Processor", "Data", "Info");

  /** Type names with such a word that the service itself uses. */
  private static final Set<String> NAMES_OF_THE_SERVICE =
      Set.of("GetMetricData", "KinesisDataStreamDestination", "TrimmedDataAccessException");

  /** Type names in which the word has a meaning: the data that a volume stores. */
  private static final Set<String> NAMES_ABOUT_STORED_DATA =
      Set.of("DataDirectory", "DataDirectoryException", "CorruptDataException");

  private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+");
  private static final Pattern PACKAGE_DOC =
      Pattern.compile("/\\*\\*.*?\\w.*?\\..*?\\*/.*@NullMarked\\s+package ", Pattern.DOTALL);
  private static final Pattern MARKDOWN_CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");
  private static final Pattern MARKDOWN_LINK =
      Pattern.compile("\\[[^\\]]*\\]\\(<?([^)\\s>]+)>?[^)]*\\)|(?m)^\\[[^\\]]+\\]:\\s*(\\S+)");

  // The brackets keep each pattern from matching its own source.
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(?:TOD[O]|FIXM[E]|XX[X]|HAC[K])\\b");
  private static final Pattern SLEEP =
      Pattern.compile("Thread\\s*\\.\\s*slee[p]\\b|TimeUnit\\.\\w+\\.slee[p]\\b");
  private static final Pattern STACK_TRACE = Pattern.compile("\\.printStackTrac[e]\\(");
  private static final Pattern DISABLED =
      Pattern.compile("@(?:org\\.junit\\.jupiter\\.api\\.)?Disable[d]\\b");
  private static final Pattern MACHINE_PATH =
      Pattern.compile(
          "(?<![\\w.~$}/-])/(?:home|root|Users|work|tmp)/\\w|/usr/lib/jvm/\\w|(?<!\\w)[A-Z]:\\\\Users");
  private static final Pattern REGISTRY =
      Pattern.compile(
          "repo1?\\.maven\\.(?:apache\\.)?org|registry\\.npmjs|deb\\.debian|pypi\\.org|"
              + "proxy\\.golang|registry-1\\.docker");

  private static final SourceTree TREE = SourceTree.read();
  private static final JavaShape SHAPE =
      JavaShape.of(TREE.java().stream().map(SourceFile::path).toList());

  @Test
  void filesStayShort() {
    List<String> findings = new ArrayList<>();
    for (SourceFile file : TREE.files(TidyTest::isCode)) {
      int lines = file.lines().size();
      if (lines > FILE_LINES_MAX && !LONG_FILES.containsKey(file.name())) {
        findings.add(file.name() + ": " + lines + " lines");
      }
    }
    report("longer than " + FILE_LINES_MAX + " lines: make it two", findings);
  }

  @Test
  void exceptionsForLongFilesAreStillNeeded() {
    Set<String> unneeded = new TreeSet<>(LONG_FILES.keySet());
    for (SourceFile file : TREE.files(TidyTest::isCode)) {
      if (file.lines().size() > FILE_LINES_MAX) {
        unneeded.remove(file.name());
      }
    }
    report("no longer long: take it off LONG_FILES", List.copyOf(unneeded));
  }

  @Test
  void methodsFitOnScreen() {
    List<String> findings = new ArrayList<>();
    for (JavaShape.Method method : SHAPE.methods()) {
      if (method.lines() > METHOD_LINES_MAX) {
        findings.add(place(method.file(), method.line()) + method.name() + ", " + method.lines());
      }
    }
    report("more than " + METHOD_LINES_MAX + " lines: give its steps names, as methods", findings);
  }

  @Test
  void methodsNestLittle() {
    List<String> findings = new ArrayList<>();
    for (JavaShape.Method method : SHAPE.methods()) {
      if (method.nesting() > NESTING_MAX) {
        findings.add(place(method.file(), method.line()) + method.name() + ", " + method.nesting());
      }
    }
    report("nested deeper than " + NESTING_MAX + ": return early, or extract the body", findings);
  }

  @Test
  void typeNamesSayWhatThingsAre() {
    List<String> findings = new ArrayList<>();
    for (JavaShape.Type type : SHAPE.types()) {
      boolean empty =
          WORD.matcher(type.name()).results().anyMatch(w -> EMPTY_WORDS.contains(w.group()));
      String subject = type.name().replaceFirst("Test$", "");
      boolean meant =
          NAMES_OF_THE_SERVICE.contains(subject) || NAMES_ABOUT_STORED_DATA.contains(subject);
      if (empty && !meant) {
        findings.add(place(type.file(), type.line()) + type.name());
      }
    }
    report(
        "a name with a word that says nothing: name what it is, with DynamoDB's noun or the verb it"
            + " does (a Reader, a Codec, a TableName)",
        findings);
  }

  @Test
  void everyMainPackageSaysWhatItIs() {
    Set<Path> packages = new TreeSet<>();
    TREE.files(SourceFile::isMainJava).forEach(file -> packages.add(file.path().getParent()));
    Set<Path> described = new TreeSet<>();
    for (SourceFile file : TREE.files(SourceFile::isMainJava)) {
      boolean isDoc = file.name().endsWith("/package-info.java");
      if (isDoc && PACKAGE_DOC.matcher(file.text()).find()) {
        described.add(file.path().getParent());
      }
    }
    packages.removeAll(described);
    List<String> findings =
        packages.stream().map(path -> TREE.root().relativize(path).toString()).toList();
    report(
        "no package-info.java with a sentence of documentation and @NullMarked: add it", findings);
  }

  @Test
  void nothingSleeps() {
    report("sleeps: wait for the condition, or move the clock", find("java", SLEEP));
  }

  @Test
  void nothingPrintsStackTraces() {
    report("prints a stack trace: log it once with SLF4J, or throw", find("java", STACK_TRACE));
  }

  @Test
  void noTestIsSwitchedOff() {
    report("switched off: repair the test, or remove it with its reason", find("java", DISABLED));
  }

  @Test
  void nothingIsLeftForLater() {
    report("left for later: do it, or open an issue and say why here", find("", UNFINISHED));
  }

  @Test
  void noFileNamesThePathsOfOneMachine() {
    report(
        "a path of one machine: make it relative to the repository, or use @TempDir",
        find("", MACHINE_PATH));
  }

  @Test
  void noFileNamesPackageRegistries() {
    report(
        "a package registry: leave it to the tool's own configuration (npm: set"
            + " omit-lockfile-registry-resolved)",
        find("", REGISTRY));
  }

  @Test
  void linksInMarkdownLeadSomewhere() {
    List<String> findings = new ArrayList<>();
    for (SourceFile file : TREE.files(file -> file.is("md"))) {
      Matcher link = MARKDOWN_LINK.matcher(MARKDOWN_CODE.matcher(file.text()).replaceAll(""));
      while (link.find()) {
        String target = link.group(1) != null ? link.group(1) : link.group(2);
        if (!leadsSomewhere(file, target)) {
          findings.add(file.name() + ": " + target);
        }
      }
    }
    report("a link to nothing: correct it, relative to the file that it stands in", findings);
  }

  private static boolean leadsSomewhere(SourceFile file, String target) {
    if (target.startsWith("#") || target.matches("[a-z]+:.*")) {
      return true;
    }
    String path = target.replaceFirst("#.*", "").replace("%20", " ");
    return Files.exists(file.path().resolveSibling(path));
  }

  private static boolean isCode(SourceFile file) {
    boolean script = file.name().startsWith("bin/") || file.name().startsWith(".ci/");
    return script
        || Set.of("java", "js", "ts", "tsx", "css", "sh", "py").stream().anyMatch(file::is);
  }

  /** Every line that matches, in files with this extension or, where it is empty, in all files. */
  private static List<String> find(String extension, Pattern pattern) {
    List<String> findings = new ArrayList<>();
    for (SourceFile file : TREE.files(file -> extension.isEmpty() || file.is(extension))) {
      List<String> lines = file.lines();
      for (int i = 0; i < lines.size(); i++) {
        if (pattern.matcher(lines.get(i)).find()) {
          findings.add(file.name() + ":" + (i + 1) + ": " + lines.get(i).strip());
        }
      }
    }
    return findings;
  }

  private static String place(Path file, long line) {
    return TREE.root().relativize(file) + ":" + line + ": ";
  }

  private static void report(String advice, List<String> findings) {
    assertThat(findings).as(advice).isEmpty();
  }
}
