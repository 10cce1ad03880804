package io.github.cftracker.actuate;

import java.security.Principal;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;

/**
 * Advisor that calls {@link CfInvalidateEndpoint} with every argument of a POST,
 * including unknown ones, and with the principal.
 */
public final class AllArgumentsAdvisor implements OperationInvokerAdvisor {

	private static final EndpointId ID = EndpointId.of(CfInvalidateEndpoint.ID);

	private final ObjectProvider<CfInvalidateEndpoint> endpoint;

	/**
	 * Create an advisor.
	 * @param endpoint the endpoint, resolved at the first request
	 */
	public AllArgumentsAdvisor(ObjectProvider<CfInvalidateEndpoint> endpoint) {
		this.endpoint = endpoint;
	}

	@Override
	public OperationInvoker apply(EndpointId endpointId, OperationType operationType, OperationParameters parameters,
			OperationInvoker invoker) {
		if (!ID.equals(endpointId) || operationType != OperationType.WRITE) {
			return invoker;
		}
		return (context) -> this.endpoint.getObject()
			.invalidate(context.getArguments(), context.resolveArgument(Principal.class));
	}

}
