package com.example.shop

import io.github.cftracker.InvalidatesCloudFront
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flowOf
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import org.springframework.boot.test.context.runner.ApplicationContextRunner
import org.springframework.boot.test.system.CapturedOutput
import org.springframework.boot.test.system.OutputCaptureExtension

class FinalClass {

	@InvalidatesCloudFront(tags = ["product:#{#id}"])
	fun save(id: Long) = id

}

open class FinalFunction(private val name: String) {

	@InvalidatesCloudFront(tags = ["product:#{#id}"])
	fun save(id: Long) = name + id

	@InvalidatesCloudFront(tags = ["product:#{#id}"])
	open fun rename(id: Long) = name + id

}

open class Suspending {

	@InvalidatesCloudFront(tags = ["product:#{#id}"])
	open suspend fun save(id: Long) = id

}

open class Flowing {

	@InvalidatesCloudFront(tags = ["product:#{#id}"])
	open fun save(id: Long): Flow<Long> = flowOf(id)

}

@ExtendWith(OutputCaptureExtension::class)
class UnusualFunctionsTests {

	private val shop = ApplicationContextRunner()
		.withUserConfiguration(ShopApplication::class.java)
		.withPropertyValues(
			"cf.tracker.distribution-id=E2QWRUHAPOMQZL", "cf.tracker.store=memory", "cf.tracker.distribution.mirror=false",
			"cf.tracker.access-key=access-key", "cf.tracker.secret-key=secret-key",
		)

	@Test
	fun finalClassStopsStart() {
		stops(FinalClass(), "Cannot subclass final class")
	}

	@Test
	fun finalFunctionIsLogged(output: CapturedOutput) {
		shop.withBean(FinalFunction::class.java, "name").run { context -> assertThat(context).hasNotFailed() }
		assertThat(output).contains("FinalFunction.save(long)] cannot get proxied via CGLIB")
	}

	@Test
	fun suspendFunctionStopsStart() {
		stops(Suspending(), "would invalidate too early")
	}

	@Test
	fun functionWithFlowStopsStart() {
		stops(Flowing(), "would invalidate too early")
	}

	private inline fun <reified T : Any> stops(bean: T, message: String) {
		shop.withBean(T::class.java, { bean }).run { context ->
			assertThat(context).failure.hasStackTraceContaining(message)
		}
	}

}
