package org.ostraka.cli;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The types and methods of Java sources, as the compiler's own parser sees them. */
final class JavaShape {

  private final List<Type> types = new ArrayList<>();
  private final List<Method> methods = new ArrayList<>();

  /** A class, record, enum, interface or annotation with a name. */
  record Type(Path file, long line, String name) {}

  /**
   * A method or constructor with a body; {@code nesting} counts control structures within each
   * other.
   */
  record Method(Path file, long line, String name, long lines, int nesting) {}

  private JavaShape() {}

  static JavaShape of(List<Path> files) {
    JavaShape shape = new JavaShape();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager sources = compiler.getStandardFileManager(null, null, null)) {
      var units = sources.getJavaFileObjectsFromPaths(files);
      var task =
          (JavacTask) compiler.getTask(null, sources, null, List.of("-proc:none"), null, units);
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        shape.new Reader(unit, positions).scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return shape;
  }

  List<Type> types() {
    return types;
  }

  List<Method> methods() {
    return methods;
  }

  private final class Reader extends TreeScanner<@Nullable Void, @Nullable Void> {

    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final LineMap lines;
    private final Path file;
    private int depth;
    private int deepest;

    Reader(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
      this.lines = unit.getLineMap();
      this.file = Path.of(unit.getSourceFile().toUri());
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
      if (!type.getSimpleName().isEmpty()) {
        types.add(new Type(file, firstLine(type), type.getSimpleName().toString()));
      }
      return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
      BlockTree body = method.getBody();
      if (body == null) {
        return null;
      }
      int outerDepth = depth;
      int outerDeepest = deepest;
      depth = 0;
      deepest = 0;
      super.visitMethod(method, null);
      long first = firstLine(method);
      long last = lines.getLineNumber(positions.getEndPosition(unit, body));
      methods.add(new Method(file, first, method.getName().toString(), last - first + 1, deepest));
      depth = outerDepth;
      deepest = outerDeepest;
      return null;
    }

    private long firstLine(Tree tree) {
      return lines.getLineNumber(positions.getStartPosition(unit, tree));
    }

    private @Nullable Void deeper(Runnable children) {
      depth++;
      deepest = Math.max(deepest, depth);
      children.run();
      depth--;
      return null;
    }

    /** An {@code else if} counts as deep as its {@code if}. */
    @Override
    public @Nullable Void visitIf(IfTree tree, @Nullable Void unused) {
      scan(tree.getCondition(), null);
      deeper(() -> scan(tree.getThenStatement(), null));
      if (tree.getElseStatement() instanceof IfTree next) {
        return visitIf(next, null);
      }
      return deeper(() -> scan(tree.getElseStatement(), null));
    }

    @Override
    public @Nullable Void visitForLoop(ForLoopTree tree, @Nullable Void unused) {
      return deeper(() -> super.visitForLoop(tree, null));
    }

    @Override
    public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree tree, @Nullable Void unused) {
      return deeper(() -> super.visitEnhancedForLoop(tree, null));
    }

    @Override
    public @Nullable Void visitWhileLoop(WhileLoopTree tree, @Nullable Void unused) {
      return deeper(() -> super.visitWhileLoop(tree, null));
    }

    @Override
    public @Nullable Void visitDoWhileLoop(DoWhileLoopTree tree, @Nullable Void unused) {
      return deeper(() -> super.visitDoWhileLoop(tree, null));
    }

    @Override
    public @Nullable Void visitSwitch(SwitchTree tree, @Nullable Void unused) {
      return deeper(() -> super.visitSwitch(tree, null));
    }

    @Override
    public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, @Nullable Void unused) {
      return deeper(() -> super.visitSwitchExpression(tree, null));
    }

    @Override
    public @Nullable Void visitTry(TryTree tree, @Nullable Void unused) {
      return deeper(() -> super.visitTry(tree, null));
    }

    @Override
    public @Nullable Void visitSynchronized(SynchronizedTree tree, @Nullable Void unused) {
      return deeper(() -> super.visitSynchronized(tree, null));
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void unused) {
      if (tree.getBodyKind() == LambdaExpressionTree.BodyKind.EXPRESSION) {
        return super.visitLambdaExpression(tree, null);
      }
      return deeper(() -> super.visitLambdaExpression(tree, null));
    }
  }
}
