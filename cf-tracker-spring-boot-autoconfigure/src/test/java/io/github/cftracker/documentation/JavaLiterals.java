package io.github.cftracker.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;

/**
 * The string literals of Java sources, as the compiler parses them. Literals that are
 * concatenated are one text, with an ellipsis in place of what is not a literal.
 */
final class JavaLiterals extends TreeScanner<Void, Void> {

	private final String kind;

	private final CompilationUnitTree unit;

	private final String source;

	private final SourcePositions positions;

	private final List<Passage> passages;

	private JavaLiterals(String kind, CompilationUnitTree unit, SourcePositions positions, List<Passage> passages)
			throws IOException {
		this.kind = kind;
		this.unit = unit;
		this.source = unit.getSourceFile().getCharContent(true).toString();
		this.positions = positions;
		this.passages = passages;
	}

	static List<Passage> of(String kind, List<Path> files) {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		List<Passage> passages = new ArrayList<>();
		try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
			parse(kind, compiler, manager, manager.getJavaFileObjectsFromPaths(files), passages);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return passages;
	}

	private static void parse(String kind, JavaCompiler compiler, StandardJavaFileManager manager,
			Iterable<? extends JavaFileObject> files, List<Passage> passages) throws IOException {
		// Without folding each literal keeps its own line
		List<String> options = List.of("-proc:none", "-XDallowStringFolding=false");
		JavacTask task = (JavacTask) compiler.getTask(null, manager, null, options, null, files);
		SourcePositions positions = Trees.instance(task).getSourcePositions();
		for (CompilationUnitTree unit : task.parse()) {
			new JavaLiterals(kind, unit, positions, passages).scan(unit, null);
		}
	}

	@Override
	public Void visitLiteral(LiteralTree literal, Void unused) {
		if (isString(literal)) {
			add(List.of(literal));
		}
		return null;
	}

	@Override
	public Void visitBinary(BinaryTree tree, Void unused) {
		List<ExpressionTree> operands = new ArrayList<>();
		collect(tree, operands);
		if (operands.stream().noneMatch(JavaLiterals::isString)) {
			return super.visitBinary(tree, unused);
		}
		add(operands);
		operands.stream().filter((operand) -> !isString(operand)).forEach((operand) -> scan(operand, null));
		return null;
	}

	private static void collect(ExpressionTree tree, List<ExpressionTree> operands) {
		if (tree instanceof BinaryTree binary && tree.getKind() == Tree.Kind.PLUS) {
			collect(binary.getLeftOperand(), operands);
			collect(binary.getRightOperand(), operands);
		}
		else {
			operands.add(tree);
		}
	}

	private static boolean isString(Tree tree) {
		return tree.getKind() == Tree.Kind.STRING_LITERAL;
	}

	private void add(List<? extends ExpressionTree> operands) {
		StringBuilder text = new StringBuilder();
		NavigableMap<Integer, Integer> lines = new TreeMap<>();
		for (ExpressionTree operand : operands) {
			int start = (int) this.positions.getStartPosition(this.unit, operand);
			boolean block = this.source.startsWith("\"\"\"", start);
			int line = (int) this.unit.getLineMap().getLineNumber(start);
			lines.put(text.length(), block ? line + 1 : line);
			if (operand instanceof LiteralTree literal && isString(literal)) {
				String value = (String) literal.getValue();
				text.append(block ? value : value.replace('\n', ' '));
			}
			else {
				text.append('…');
			}
		}
		Path file = Path.of(this.unit.getSourceFile().getName());
		this.passages.add(new Passage(this.kind, file, text.toString(), text.toString(), lines));
	}

}
