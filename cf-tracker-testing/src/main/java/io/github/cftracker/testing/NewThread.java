package io.github.cftracker.testing;

import java.util.concurrent.Executor;

/**
 * A thread for each task. The common pool has a single one on small machines, and tasks
 * that wait for each other would never end in it.
 */
public final class NewThread implements Executor {

	public static final Executor EACH = new NewThread();

	private NewThread() {
	}

	@Override
	public void execute(Runnable task) {
		Thread thread = new Thread(task, "test-task");
		thread.setDaemon(true);
		thread.start();
	}

}
