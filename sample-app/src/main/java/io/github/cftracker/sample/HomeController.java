package io.github.cftracker.sample;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Leads to the shop where there is no demonstration.
 */
@Controller
@Profile("aws")
class HomeController {

	@GetMapping("/")
	String home() {
		return "redirect:/products";
	}

}
