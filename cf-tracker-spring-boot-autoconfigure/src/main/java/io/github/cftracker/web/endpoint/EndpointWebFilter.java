package io.github.cftracker.web.endpoint;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Filter that applies {@link EndpointRequests} in front of Spring WebFlux.
 */
public final class EndpointWebFilter implements WebFilter, Ordered {

	private static final byte[] NOTHING = {};

	private final EndpointRequests requests;

	/**
	 * Create a filter.
	 * @param requests the rules
	 */
	public EndpointWebFilter(EndpointRequests requests) {
		this.requests = requests;
	}

	@Override
	public int getOrder() {
		return EndpointFilter.ORDER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (!this.requests.concern(request.getMethod().name(), request.getPath().value())) {
			return chain.filter(exchange);
		}
		return check(request).map((checked) -> exchange.mutate().request(checked).build())
			.flatMap(chain::filter)
			.onErrorResume(RefusedRequestException.class, (ex) -> answer(exchange.getResponse(), ex));
	}

	private Mono<ServerHttpRequest> check(ServerHttpRequest request) {
		return Mono.defer(() -> {
			this.requests.check(request);
			if (!this.requests.hasBody(request)) {
				return Mono.just(request);
			}
			return DataBufferUtils.join(request.getBody(), EndpointRequests.MAX_BODY)
				.map(EndpointWebFilter::bytes)
				.defaultIfEmpty(NOTHING)
				.onErrorMap(DataBufferLimitException.class, (ex) -> EndpointRequests.tooLarge())
				.map((body) -> new JsonRequest(request, this.requests.json(request, body)));
		});
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	private static Mono<Void> answer(ServerHttpResponse response, RefusedRequestException ex) {
		response.setStatusCode(ex.status());
		response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
		return response.writeWith(Mono.just(response.bufferFactory().wrap(ex.json())));
	}

	/**
	 * A request with another body, which is JSON.
	 */
	private static final class JsonRequest extends ServerHttpRequestDecorator {

		private final byte[] body;

		private @Nullable HttpHeaders headers;

		JsonRequest(ServerHttpRequest request, byte[] body) {
			super(request);
			this.body = body;
		}

		@Override
		public HttpHeaders getHeaders() {
			if (this.headers == null) {
				HttpHeaders changed = new HttpHeaders();
				changed.putAll(super.getHeaders());
				changed.setContentType(MediaType.APPLICATION_JSON);
				changed.setContentLength(this.body.length);
				this.headers = changed;
			}
			return this.headers;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(this.body));
		}

	}

}
