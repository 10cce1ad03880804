package io.github.cftracker.expression;

import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.Indexer;
import org.springframework.expression.spel.ast.InlineMap;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Selection;
import org.springframework.expression.spel.ast.VariableReference;

/**
 * Check for names in an expression that have no meaning: unknown variables, and variables
 * without their {@code #}.
 *
 * @param variables the names of the variables, each with its {@code #}
 * @param complete whether there are no others
 */
record VariableCheck(Set<String> variables, boolean complete) {

	private static final Set<String> BUILT_IN = Set.of("#this", "#root");

	@Nullable String problemOf(SpelNode expression) {
		return problemOf(expression, true, false);
	}

	/**
	 * Check a node and all below it.
	 * @param atRoot whether a name without a {@code #} would be a property of the root
	 * object, which does not exist
	 * @param inElement whether an element of a projection or selection replaces the root
	 * object
	 */
	private @Nullable String problemOf(SpelNode node, boolean atRoot, boolean inElement) {
		if (node instanceof VariableReference variable && !isKnown(variable.toStringAST())) {
			return "'%s' is not a variable, use one of %s".formatted(variable.toStringAST(),
					new TreeSet<>(this.variables));
		}
		if (atRoot && (node instanceof PropertyOrFieldReference || node instanceof MethodReference)) {
			return "'%s' is not a variable: variables start with '#', use one of %s".formatted(node.toStringAST(),
					new TreeSet<>(this.variables));
		}
		boolean element = inElement || node instanceof Projection || node instanceof Selection;
		boolean below = !element && !(node instanceof Indexer) && (atRoot || node instanceof MethodReference);
		for (int i = 0; i < node.getChildCount(); i++) {
			if (node instanceof InlineMap && i % 2 == 0 && node.getChild(i) instanceof PropertyOrFieldReference) {
				// A key without quotes
				continue;
			}
			boolean first = i == 0 || !(node instanceof CompoundExpression);
			String problem = problemOf(node.getChild(i), below && first, element);
			if (problem != null) {
				return problem;
			}
		}
		return null;
	}

	private boolean isKnown(String name) {
		return !this.complete || BUILT_IN.contains(name) || this.variables.contains(name);
	}

}
