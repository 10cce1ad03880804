package io.github.cftracker.benchmarks.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.github.cftracker.testing.ChildProcess;

/**
 * A Java process of its own that answers a line with a line. It ends with its input, and
 * at the latest with the process that has started it, whatever becomes of that.
 */
public final class ChildJvm implements AutoCloseable {

	private static final String ANSWER = "> ";

	private static final String FAILURE = "! ";

	private static final int SHUTDOWN_SECONDS = 30;

	private final String name;

	private final Process process;

	private final PrintWriter input;

	private final BufferedReader output;

	private ChildJvm(String name, Process process) {
		this.name = name;
		this.process = process;
		this.input = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
		this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
	}

	/**
	 * Starts a process, and waits until it is ready.
	 * @param main what calls {@link #serve} as soon as it is
	 * @param options of the JVM
	 * @param args what {@code main} is called with
	 * @return the process
	 */
	public static ChildJvm start(Class<?> main, List<String> options, List<String> args) {
		ChildJvm child = new ChildJvm(main.getSimpleName(),
				ChildProcess
					.start(ChildProcess.java(main, options, args).redirectError(ProcessBuilder.Redirect.INHERIT))
					.process());
		try {
			child.answer();
		}
		catch (RuntimeException ex) {
			child.close();
			throw ex;
		}
		return child;
	}

	/**
	 * Takes the output for the answers: whatever else is printed goes where errors go.
	 * From now on this process does not outlive the one that has started it.
	 * @return where to answer
	 */
	public static PrintStream answers() {
		ProcessHandle.current().parent().ifPresent(ChildJvm::endWith);
		PrintStream answers = System.out;
		System.setOut(System.err);
		return answers;
	}

	private static void endWith(ProcessHandle parent) {
		// At once, also while it is busy or still starting
		CompletableFuture<Void> unused = parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1));
	}

	/**
	 * Answers whoever has started this process, until the input ends.
	 * @param answers where to answer
	 * @param service makes an answer of a question, each of one line
	 */
	public static void serve(PrintStream answers, UnaryOperator<String> service) {
		answers.println(ANSWER + "ready");
		new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).lines()
			.forEach((question) -> answers.println(ANSWER + answer(service, question)));
	}

	private static String answer(UnaryOperator<String> service, String question) {
		try {
			return service.apply(question);
		}
		catch (RuntimeException ex) {
			ex.printStackTrace();
			return FAILURE + ex;
		}
	}

	/**
	 * Asks.
	 * @param question one line
	 * @return the answer
	 * @throws IllegalStateException if the process has ended, or could not do it
	 */
	public synchronized String ask(String question) {
		this.input.println(question);
		return answer();
	}

	private String answer() {
		try {
			String line = this.output.readLine();
			while (line != null && !line.startsWith(ANSWER)) {
				// What the JVM itself has to say
				System.err.println(line);
				line = this.output.readLine();
			}
			if (line == null || line.startsWith(ANSWER + FAILURE)) {
				throw new IllegalStateException("%s did not answer: %s".formatted(this.name, line));
			}
			return line.substring(ANSWER.length());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.input.close();
		try {
			if (!this.process.waitFor(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
