package io.github.cftracker.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Certificates that the JDK's {@code keytool} makes for one run of the tests.
 */
public final class TestCertificates {

	private static final String PASSWORD = "password";

	private static final String AUTHORITY = "authority";

	private final Path directory;

	private TestCertificates(Path directory) {
		this.directory = directory;
	}

	/**
	 * Create an authority, which signs the certificates.
	 */
	public static TestCertificates create() {
		try {
			TestCertificates certificates = new TestCertificates(Files.createTempDirectory("certificates"));
			certificates.generate(AUTHORITY, List.of("-ext", "bc:c"));
			return certificates;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the certificate of the authority.
	 */
	public Path authority() {
		return certificate(AUTHORITY);
	}

	/**
	 * Create a certificate that the authority has signed.
	 * @param name its file
	 * @param host whose it is, such as {@code ip:127.0.0.1}
	 * @param options further options of {@code keytool}
	 */
	public void sign(String name, String host, String... options) {
		List<String> all = new ArrayList<>(List.of("-ext", "san=" + host, "-signer", AUTHORITY));
		all.addAll(List.of(options));
		generate(name, all);
	}

	public void selfSign(String name, String host) {
		generate(name, List.of("-ext", "san=" + host));
	}

	public Path certificate(String name) {
		return this.directory.resolve(name + ".crt");
	}

	public Path key(String name) {
		return this.directory.resolve(name + ".key");
	}

	/**
	 * Replace a certificate and its key by those of another name.
	 */
	public void replace(String name, String other) {
		try {
			Files.copy(key(other), key(name), StandardCopyOption.REPLACE_EXISTING);
			Files.copy(certificate(other), certificate(name), StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void generate(String name, List<String> options) {
		List<String> command = new ArrayList<>(
				List.of(keytool(), "-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name, "-storetype",
						"PKCS12", "-keystore", keyStore().toString(), "-storepass", PASSWORD));
		command.addAll(options);
		try {
			Path log = this.directory.resolve("keytool.log");
			int status = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.start()
				.onExit()
				.join()
				.exitValue();
			if (status != 0) {
				throw new IllegalStateException(Files.readString(log));
			}
			write(name);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void write(String name) throws IOException, GeneralSecurityException {
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream stream = Files.newInputStream(keyStore())) {
			keys.load(stream, PASSWORD.toCharArray());
		}
		Files.writeString(key(name), pem("PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded()));
		StringBuilder chain = new StringBuilder();
		for (Certificate certificate : keys.getCertificateChain(name)) {
			chain.append(pem("CERTIFICATE", certificate.getEncoded()));
		}
		Files.writeString(certificate(name), chain);
	}

	private static String pem(String type, byte[] content) {
		return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(type,
				Base64.getMimeEncoder().encodeToString(content));
	}

	private Path keyStore() {
		return this.directory.resolve("keys.p12");
	}

	private static String keytool() {
		return Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
	}

}
