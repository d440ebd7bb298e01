// What programs print when they are asked for their version, as they print it.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "validation/dependencies/tool_version.h"

using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

std::string shown(const Version& version) {
  std::string text;
  for (const auto number : version.numbers)
    text.append(text.empty() ? "" : ".").append(std::to_string(number));
  for (const std::string& part : version.prerelease)
    text.append(part == version.prerelease.front() ? "-" : ".").append(part);
  return text;
}

}  // namespace

TEST_CASE("the version is read from the line that has it") {
  struct Row {
    const char* program;
    const char* output;
    const char* version;  ///< as it compares
  };
  const Row rows[] = {
      {"git", "git version 2.39.5\n", "2.39.5"},
      {"git", "git version 2.39.5 (Apple Git-154)\n", "2.39.5"},
      {"git", "git version 2.43.0.windows.1\n", "2.43.0"},
      {"node", "v20.1.0\n", "20.1.0"},
      {"node", "v21.0.0-nightly20230801d396a041f7\n", "21.0.0-nightly.20230801"},
      {"npm", "9.2.0\n", "9.2.0"},
      {"python3", "Python 3.11.2\n", "3.11.2"},
      {"python", "Python 3.13.0rc1\n", "3.13.0-rc.1"},
      {"python3", "Python 3.12.0b4+\n", "3.12.0-b.4"},
      {"go", "go version go1.19.8 linux/amd64\n", "1.19.8"},
      {"go", "go version go1.21rc2 linux/amd64\n", "1.21-rc.2"},
      {"javac", "javac 17.0.9\n", "17.0.9"},
      {"javac", "javac 1.8.0_392\n", "8.0.392"},
      {"java",
       "openjdk version \"17.0.9\" 2023-10-17\nOpenJDK Runtime Environment (build 17.0.9+9)\n",
       "17.0.9"},
      {"java",
       "Picked up JAVA_TOOL_OPTIONS: -Dlog=1.2.3\njava version \"1.8.0_392\"\nJava(TM) SE\n",
       "8.0.392"},
      {"java",
       "openjdk version \"21-ea\" 2023-09-19\nOpenJDK Runtime Environment (build 21-ea+35)\n",
       nullptr},
      {"cmake", "cmake version 3.25.1\n\nCMake suite maintained by Kitware\n", "3.25.1"},
      {"cmake", "cmake version 3.28.0-rc5\n", "3.28.0-rc.5"},
      {"gcc", "gcc (Debian 12.2.0-14+deb12u1) 12.2.0\nCopyright (C) 2022 Free Software\n",
       "12.2.0"},
      {"g++", "g++ (Ubuntu 11.4.0-1ubuntu1~22.04) 11.4.0\n", "11.4.0"},
      {"gcc-12", "gcc-12 (Debian 12.2.0-14) 12.2.0\n", "12.2.0"},
      {"clang", "Debian clang version 14.0.6\nTarget: x86_64-pc-linux-gnu\n", "14.0.6"},
      {"clang", "Ubuntu clang version 14.0.0-1ubuntu1.1\n", "14.0.0"},
      {"make", "GNU Make 4.3\nBuilt for x86_64-pc-linux-gnu\n", "4.3"},
      {"curl", "curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1 OpenSSL/3.0.11\n", "7.88.1"},
      {"jq", "jq-1.6\n", "1.6"},
      {"bash", "GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\n", "5.2.15"},
      {"tar", "tar (GNU tar) 1.34\n", "1.34"},
      {"perl", "\nThis is perl 5, version 36, subversion 0 (v5.36.0) built for x86_64-linux-gnu\n",
       "5.36.0"},
      {"ruby", "ruby 3.1.2p20 (2022-04-12 revision 4491bb740a) [x86_64-linux-gnu]\n", "3.1.2"},
      {"php", "PHP 8.2.7 (cli) (built: Jun  9 2023 19:37:27) (NTS)\n", "8.2.7"},
      {"rustc", "rustc 1.71.0 (8ede3aae2 2023-07-12)\n", "1.71.0"},
      {"rustc", "rustc 1.75.0-nightly (a2f3c0cf8 2023-10-22)\n", "1.75.0-nightly"},
      {"cargo", "cargo 1.71.0 (cfd3bbd8f 2023-06-08)\n", "1.71.0"},
      {"docker", "Docker version 24.0.5, build ced0996\n", "24.0.5"},
      {"pwsh", "PowerShell 7.4.1\n", "7.4.1"},
      {"pwsh", "PowerShell 7.5.0-preview.2\n", "7.5.0-preview.2"},
      {"terraform", "Terraform v1.5.7\non linux_amd64\n", "1.5.7"},
      {"mvn", "Apache Maven 3.8.7\nMaven home: /usr/share/maven\n", "3.8.7"},
      {"gradle",
       "\n------------------------------------------------------------\nGradle 8.5\n------\n\n"
       "Build time:   2023-11-29 14:08:57 UTC\n",
       "8.5"},
      {"kubectl", "Client Version: v1.27.3\nKustomize Version: v5.0.1\n", "1.27.3"},
      {"pip", "pip 23.0.1 from /usr/lib/python3/dist-packages/pip (python 3.11)\n", "23.0.1"},
      {"poetry", "Poetry (version 1.4.2)\n", "1.4.2"},
      {"psql", "psql (PostgreSQL) 15.5 (Debian 15.5-0+deb12u1)\n", "15.5"},
      {"mysql", "mysql  Ver 8.0.35 for Linux on x86_64 (MySQL Community Server - GPL)\n", "8.0.35"},
      {"openssl", "OpenSSL 3.0.11 19 Sep 2023 (Library: OpenSSL 3.0.11 19 Sep 2023)\n", "3.0.11"},
      {"openssl", "OpenSSL 1.1.1w  11 Sep 2023\n", "1.1.1"},
      {"sqlite3", "3.40.1 2022-12-28 14:03:47 df5c253c0b3dd24916e4ec7cf77d3db5294cc9fd45ae\n",
       "3.40.1"},
      {"dotnet", "8.0.100\n", "8.0.100"},
      {"dotnet", "9.0.100-preview.1.24101.2\n", "9.0.100-preview.1.24101.2"},
      {"swift", "Swift version 5.9.1 (swift-5.9.1-RELEASE)\n", "5.9.1"},
      {"ffmpeg", "ffmpeg version 5.1.4-0+deb12u1 Copyright (c) 2000-2023\n", "5.1.4"},
      {"rg", "ripgrep 13.0.0\n-SIMD -AVX (compiled)\n", "13.0.0"},
      {"unzip", "UnZip 6.00 of 20 April 2009, by Debian.\n", "6.00"},
      {"ssh", "OpenSSH_9.2p1 Debian-2+deb12u2, OpenSSL 3.0.11 19 Sep 2023\n", "9.2"},
      {"lua", "Lua 5.4.4  Copyright (C) 1994-2022 Lua.org, PUC-Rio\n", "5.4.4"},
      {"less", "less 590 (GNU regular expressions)\n", "590"},
      {"systemctl", "systemd 252 (252.19-1~deb12u1)\n", "252.19"},
      {"nginx", "nginx version: nginx/1.22.1\n", "1.22.1"},
      {"zsh", "zsh 5.9 (x86_64-debian-linux-gnu)\n", "5.9"},
      {"tmux", "tmux 3.3a\n", "3.3"},
      {"deno", "deno 1.38.0 (release, x86_64-unknown-linux-gnu)\r\nv8 12.0.267.1\r\n", "1.38.0"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.output));
    const auto read = read_tool_version(row.program, row.output);
    if (row.version == nullptr) {
      CHECK_FALSE(read.has_value());
      continue;
    }
    CHECK(read.has_value());
    if (!read) continue;
    const Version expected = *Version::parse(row.version);
    CHECK(shown(read->version) == shown(expected));
  }
}

TEST_CASE("what holds no version is unknown, and no number is guessed") {
  struct Row {
    const char* program;
    const char* output;
  };
  const Row rows[] = {
      {"git", ""},
      {"git", "usage: tool [--help]\n"},
      {"git", "git: unknown\n"},
      {"tool", "error: cannot reach 10.0.0.1\n"},
      {"tool", "see http://host/doc/1.2.3/\n"},
      {"tool", "started in 12.5 s\n"},
      {"go", "go version devel +a1b2c3 Tue Aug 1\n"},
      {"git", "git version 99999999999999999999999.1\n"},
      {"tool", "loaded 3 plugins\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.output));
    CHECK_FALSE(read_tool_version(row.program, row.output).has_value());
  }
}

TEST_CASE("the text of a version is kept as it was printed") {
  CHECK(read_tool_version("java", "openjdk version \"1.8.0_392\"\n")->text == "1.8.0_392");
  CHECK(read_tool_version("node", "v20.1.0\n")->text == "20.1.0");
}

TEST_CASE("programs are asked as they want to be") {
  CHECK(version_arguments("go") == std::vector<std::string>{"version"});
  CHECK(version_arguments("java") == std::vector<std::string>{"-version"});
  CHECK(version_arguments("kubectl") == std::vector<std::string>{"version", "--client"});
  CHECK(version_arguments("unheard-of") == std::vector<std::string>{"--version"});
  // The table is searched by halves: each row is found only where all are in order.
  for (const char* name : {"ansible", "clang++", "clang-format", "g++", "git", "zsh"}) {
    CAPTURE(std::string(name));
    CHECK(is_known_program(name));
  }
  CHECK_FALSE(is_known_program("shutdown"));
}
