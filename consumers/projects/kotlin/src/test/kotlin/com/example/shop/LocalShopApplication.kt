package com.example.shop

import io.github.cftracker.test.LocalCloudFront
import java.net.URI
import org.springframework.boot.fromApplication

fun main() {
	val cloudFront = LocalCloudFront.builder()
		.edgePort(8081)
		.origin(URI("http://localhost:8080"))
		.start()
	fromApplication<ShopApplication>().run(
		"--cf.tracker.store=memory",
		"--cf.tracker.endpoint=${cloudFront.endpoint()}",
		"--cf.tracker.distribution-id=${cloudFront.distributionId()}",
		"--cf.tracker.access-key=${cloudFront.accessKey()}",
		"--cf.tracker.secret-key=${cloudFront.secretKey()}",
	)
}
