package io.github.cftracker.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.cftracker.testing.NewThread;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * Pages that are there some time after the controller returned.
 */
@RestController
@RequestMapping("/later")
class AsyncPages {

	static volatile CountDownLatch release = new CountDownLatch(0);

	@GetMapping("/callable/{outcome}")
	Callable<ResponseEntity<String>> callable(@PathVariable String outcome) {
		return () -> outcome(outcome);
	}

	@GetMapping("/deferred/{outcome}")
	DeferredResult<ResponseEntity<String>> deferred(@PathVariable String outcome) {
		DeferredResult<ResponseEntity<String>> deferred = new DeferredResult<>();
		CompletableFuture.runAsync(() -> {
			try {
				deferred.setResult(outcome(outcome));
			}
			catch (RuntimeException ex) {
				deferred.setErrorResult(ex);
			}
		}, NewThread.EACH);
		return deferred;
	}

	@GetMapping("/future/{outcome}")
	CompletableFuture<ResponseEntity<String>> future(@PathVariable String outcome) {
		return CompletableFuture.supplyAsync(() -> outcome(outcome), NewThread.EACH);
	}

	@GetMapping("/timeout")
	DeferredResult<String> timeout() {
		return new DeferredResult<>(50L);
	}

	@GetMapping("/streaming/{outcome}")
	ResponseEntity<StreamingResponseBody> streaming(@PathVariable String outcome) {
		StreamingResponseBody body = (stream) -> {
			stream.write('a');
			await(outcome);
			if (outcome.equals("broken")) {
				// More than the container holds back
				stream.write(new byte[100_000]);
				throw new IllegalStateException("Broken stream");
			}
			stream.write('b');
		};
		return outcome.equals("no-store") ? ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body)
				: ResponseEntity.ok(body);
	}

	@GetMapping("/emitter/{outcome}")
	ResponseBodyEmitter emitter(@PathVariable String outcome) {
		return emit(new ResponseBodyEmitter(), outcome);
	}

	@GetMapping("/sse/timeout")
	SseEmitter sseTimeout() throws IOException {
		SseEmitter emitter = new SseEmitter(50L);
		emitter.send("a");
		return emitter;
	}

	@GetMapping("/sse/{outcome}")
	SseEmitter sse(@PathVariable String outcome) {
		return emit(new SseEmitter(), outcome);
	}

	private static ResponseEntity<String> outcome(String outcome) {
		await(outcome);
		return switch (outcome) {
			case "not-found" -> ResponseEntity.notFound().build();
			case "not-found-exception" -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
			case "broken" -> throw new IllegalStateException("Broken");
			case "no-store" -> ResponseEntity.ok().cacheControl(CacheControl.noStore()).body("later");
			case "max-age" ->
				ResponseEntity.ok().cacheControl(CacheControl.maxAge(Duration.ofSeconds(60))).body("later");
			default -> ResponseEntity.ok("later");
		};
	}

	private static <E extends ResponseBodyEmitter> E emit(E emitter, String outcome) {
		CompletableFuture.runAsync(() -> {
			try {
				emitter.send("a");
				await(outcome);
				emitter.send("b");
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			if (outcome.equals("broken")) {
				emitter.completeWithError(new IllegalStateException("Broken emitter"));
			}
			else {
				emitter.complete();
			}
		}, NewThread.EACH);
		return emitter;
	}

	private static void await(String outcome) {
		if (outcome.equals("slow")) {
			Pause.pause();
		}
		try {
			if (!release.await(10, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Not released in time");
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
