package io.github.cftracker.test;

import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A failure of a call of the API. The SDK retries after some faults, so a single one may
 * never reach the caller of the SDK.
 * <p>
 * By default, the call is not carried out, so that nothing is accepted:
 * {@link #afterAccepting()} changes that. Immutable.
 */
public final class Fault {

	/**
	 * The connection is closed without an answer, and nothing was accepted.
	 */
	public static final Fault DROP_BEFORE_ACCEPTING = new Fault("DROP_BEFORE_ACCEPTING", lost(true));

	/**
	 * The connection is closed without an answer, but what CloudFront accepts of the call
	 * is in the books, billed and gone from the edge.
	 */
	public static final Fault DROP_AFTER_ACCEPTING = DROP_BEFORE_ACCEPTING.afterAccepting("DROP_AFTER_ACCEPTING");

	/**
	 * 400 {@code Throttling}.
	 */
	public static final Fault THROTTLE = refusal("THROTTLE", ApiException.throttling());

	/**
	 * 400 {@code TooManyInvalidationsInProgress}.
	 */
	public static final Fault TOO_MANY_IN_PROGRESS = refusal("TOO_MANY_IN_PROGRESS", ApiException.tooManyInProgress());

	/**
	 * 500 {@code InternalError}.
	 */
	public static final Fault INTERNAL_ERROR = refusal("INTERNAL_ERROR",
			new ApiException(500, "InternalError", "We encountered an internal error."));

	/**
	 * 503 {@code ServiceUnavailable}.
	 */
	public static final Fault SERVICE_UNAVAILABLE = refusal("SERVICE_UNAVAILABLE",
			new ApiException(503, "ServiceUnavailable", "The service is temporarily unavailable."));

	/**
	 * 403 {@code AccessDenied}. The message names the action that is not permitted.
	 */
	public static final Fault ACCESS_DENIED = new Fault("ACCESS_DENIED",
			(operation,
					actual) -> ApiResponse.of(new ApiException(403, "AccessDenied",
							"User: arn:aws:iam::000000000000:user/local is not authorized to perform: cloudfront:"
									+ operation.awsName())));

	private final String name;

	private final Effect effect;

	private Fault(String name, Effect effect) {
		this.name = name;
		this.effect = effect;
	}

	/**
	 * Return the faults that are constants of this class.
	 * @return a new array, in the order of their declaration
	 */
	public static Fault[] values() {
		return new Fault[] { DROP_BEFORE_ACCEPTING, DROP_AFTER_ACCEPTING, THROTTLE, TOO_MANY_IN_PROGRESS,
				INTERNAL_ERROR, SERVICE_UNAVAILABLE, ACCESS_DENIED };
	}

	/**
	 * Create a fault that answers with an error of CloudFront.
	 * @param status the HTTP status
	 * @param code the error code, for example {@code InvalidArgument}
	 * @param message the error message
	 * @return the fault
	 */
	public static Fault refusal(int status, String code, String message) {
		return refusal(status + " " + code, new ApiException(status, code, message));
	}

	private static Fault refusal(String name, ApiException error) {
		return new Fault(name, (operation, actual) -> ApiResponse.of(error));
	}

	/**
	 * Create a fault that answers with a status and nothing else, for example 204. Add
	 * {@code Location} to a redirect with {@link #header}.
	 * @param status the HTTP status
	 * @return the fault
	 */
	public static Fault answer(int status) {
		return new Fault(Integer.toString(status), (operation, actual) -> new ApiResponse(status, "", Map.of()));
	}

	/**
	 * Create a fault that answers as another server would, for example with the login
	 * page of a proxy.
	 * @param status the HTTP status, also one of success
	 * @param contentType the content type
	 * @param body the body, which is sent as UTF-8
	 * @return the fault
	 */
	public static Fault answer(int status, String contentType, String body) {
		Objects.requireNonNull(body, "body");
		Map<String, String> headers = Map.of(ApiResponse.CONTENT_TYPE, contentType);
		return new Fault(status + " " + contentType, (operation, actual) -> new ApiResponse(status, body, headers));
	}

	/**
	 * Create a fault that carries out the call and sends CloudFront's answer under
	 * another content type.
	 * @param contentType the content type
	 * @return the fault
	 */
	public static Fault wrongContentType(String contentType) {
		return new Fault("as " + contentType,
				(operation, actual) -> actual.get().with(ApiResponse.CONTENT_TYPE, contentType));
	}

	/**
	 * Create a fault that carries out the call and sends the first half of the XML that
	 * CloudFront answers. The length in the headers is that of the half.
	 * @return the fault
	 */
	public static Fault truncated() {
		return new Fault("truncated", (operation, actual) -> {
			ApiResponse whole = actual.get();
			String half = whole.body().substring(0, whole.body().length() / 2);
			return new ApiResponse(whole.status(), half, whole.headers());
		});
	}

	/**
	 * Create a fault that never answers. The connection stays open until the caller or
	 * the local CloudFront closes it.
	 * @return the fault
	 */
	public static Fault hang() {
		return new Fault("hang", lost(false));
	}

	private static Effect lost(boolean closesConnection) {
		return (operation, actual) -> {
			throw new LostAnswerException("No answer to " + operation.awsName(), closesConnection);
		};
	}

	/**
	 * Return this fault with a header in its answer. It has no effect on a fault without
	 * an answer.
	 * @param name the name, for example {@code Retry-After}
	 * @param value the value, which replaces an earlier one
	 * @return another fault
	 */
	public Fault header(String name, String value) {
		return new Fault(this.name + " with " + name + " " + value,
				(operation, actual) -> this.effect.answer(operation, actual).with(name, value));
	}

	/**
	 * Return this fault for a call that is carried out first: what CloudFront accepts of
	 * it is in the books, billed and gone from the edge.
	 * @return another fault
	 */
	public Fault afterAccepting() {
		return afterAccepting(this.name + " after accepting");
	}

	private Fault afterAccepting(String name) {
		return new Fault(name, (operation, actual) -> {
			ApiResponse accepted = actual.get();
			return this.effect.answer(operation, () -> accepted);
		});
	}

	ApiResponse answer(Operation operation, Supplier<ApiResponse> actual) {
		return this.effect.answer(operation, () -> {
			try {
				return actual.get();
			}
			catch (ApiException ex) {
				return ApiResponse.of(ex);
			}
		});
	}

	/**
	 * Return a name for tables and tests: that of the constant, or a short description.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	@Override
	public String toString() {
		return this.name;
	}

	private interface Effect {

		/**
		 * Answer a call, which is carried out by asking for its actual answer.
		 */
		ApiResponse answer(Operation operation, Supplier<ApiResponse> actual);

	}

}
