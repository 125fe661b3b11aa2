#!/usr/bin/env bash
# Puts a libtorch 2.4.0 for the CPU into a folder, as `--features rust-bert` needs it: about 565 MB, without an accelerator's parts.
#
#   scripts/libtorch.sh DIR
#   export LIBTORCH=DIR/torch LIBTORCH_CXX11_ABI=0
#   cargo build --release --features rust-bert
#
# torch-sys 0.17 wants this very version. The official archives lie outside the package registries, so the libraries are taken out of the
# Python wheel, which serves any Python: those of the accelerator are deleted, and libtorch.so, an empty library that would load them, is
# made anew to load libtorch_cpu.so alone. Needs pip and a C compiler.
set -euo pipefail

folder=${1:?usage: scripts/libtorch.sh DIR}
if [ -e "$folder/torch/build-version" ]; then
  echo "$folder: libtorch $(cat "$folder/torch/build-version") is there"
  exit 0
fi
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

wheels=(
  torch==2.4.0
  # libtorch_cpu.so of this wheel is linked to these two.
  nvidia-cuda-runtime-cu12==12.1.105
  nvidia-cuda-cupti-cu12==12.1.105
)
python3 -m pip install --quiet --no-deps --no-compile --target "$folder" --only-binary :all: \
  --platform manylinux1_x86_64 --implementation cp --python-version 3.11 --abi cp311 --abi none "${wheels[@]}"

cd "$folder/torch/lib"
rm -f libtorch.so libtorch_global_deps.so libtorch_python.so libshm.so libcaffe2_nvrtc.so ./*_cuda.so ./*_cuda_linalg.so ./libcusparseLt*
echo | cc -x c - -shared -o libtorch.so -Wl,-soname,libtorch.so "-Wl,-rpath,\$ORIGIN" \
  -Wl,--no-as-needed -L. -ltorch_cpu -Wl,--unresolved-symbols=ignore-all

cd "$folder"
find . -mindepth 1 -maxdepth 1 ! -name torch ! -name nvidia -exec rm -rf {} +
find torch -mindepth 1 -maxdepth 1 ! -name lib ! -name include -exec rm -rf {} +
rm -rf nvidia/*/include
echo 2.4.0 > torch/build-version
echo "$folder: libtorch 2.4.0; now: export LIBTORCH=$folder/torch LIBTORCH_CXX11_ABI=0"
