// File descriptors with one owner.
#pragma once

namespace ratchet {

/// Closes what it holds. Movable; -1 means it holds nothing.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  void close();
  [[nodiscard]] int get() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }

 private:
  int number_ = -1;
};

/// Both ends close on exec and are numbered from 3 up, so that a child's own 0 to 2 never collide
/// with them in a host that has closed its standard streams.
struct Pipe {
  Descriptor read_end;
  Descriptor write_end;
};

/// Throws Error{process.spawn_failed} when the system has no descriptors left.
[[nodiscard]] Pipe make_pipe();
void set_non_blocking(const Descriptor& descriptor);

}  // namespace ratchet
